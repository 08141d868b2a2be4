// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/benchoptions.h"

#include <algorithm>
#include <cmath>

#include <QCborValue>

#include <insitecache/base/random.h>

#include "settings/printable.h"
#include "settings/quantities.h"

namespace insitecache {

namespace {

constexpr std::size_t benchSequenceLength = 1 << 18;
constexpr std::uint64_t benchSeed = 20'240'501;

template <class T>
Status benchNumber(const Arguments &arguments, std::string_view name, double low, double high, T &target)
{
    const std::string *text = arguments.value(name);
    if (!text)
        return {};
    const auto number = parseNumber(*text);
    const bool whole = !std::is_integral_v<T> || (number && std::floor(*number) == *number);
    if (!number || *number < low || *number > high || !whole)
        return fail(ErrorCode::InvalidArgument, "--" + std::string(name) + ' ' + inQuotes(*text) + " is out of range",
            "use " + QString::number(low).toStdString() + " … " + QString::number(high, 'f', 0).toStdString());
    target = static_cast<T>(*number);
    return {};
}

/// Of one length, so that a key has 20 bytes.
std::string benchIdentity(std::uint32_t place)
{
    const std::string number = std::to_string(place);
    return 'k' + std::string(13 - number.size(), '0') + number;
}

Result<BenchKind> benchKind(const std::string &name)
{
    for (const BenchKind kind : {BenchKind::L1, BenchKind::L2, BenchKind::L3, BenchKind::Tiered}) {
        if (benchName(kind) == name)
            return kind;
    }
    return fail(ErrorCode::InvalidArgument, "there is no benchmark " + inQuotes(name), "use l1, l2, l3 or tiered");
}

} // namespace

std::string_view benchName(BenchKind kind)
{
    switch (kind) {
    case BenchKind::L1: return "l1";
    case BenchKind::L2: return "l2";
    case BenchKind::L3: return "l3";
    case BenchKind::Tiered: break;
    }
    return "tiered";
}

Result<BenchOptions> BenchOptions::from(const Arguments &arguments)
{
    BenchOptions options;
    const auto kind = benchKind(arguments.operands.front());
    if (!kind)
        return tl::unexpected(kind.error());
    options.kind = *kind;
    const Status checks[] = {benchNumber(arguments, "threads", 1, 256, options.threads),
        benchNumber(arguments, "zipf", 0, 3, options.zipf), benchNumber(arguments, "keys", 1, 10'000'000, options.keys),
        benchNumber(arguments, "value-bytes", 1, 1 << 20, options.valueBytes),
        benchNumber(arguments, "seconds", 0.05, 3600, options.seconds)};
    for (const Status &check : checks) {
        if (!check)
            return tl::unexpected(check.error());
    }
    return options;
}

BenchKeys::BenchKeys(const BenchOptions &options) : m_options(options)
{
    m_keys.reserve(options.keys);
    m_cumulative.reserve(options.keys);
    double sum = 0;
    for (std::uint32_t i = 0; i < options.keys; ++i) {
        m_keys.push_back(CacheKey::make(type, benchIdentity(i)).value());
        sum += std::pow(double(i) + 1.0, -options.zipf);
        m_cumulative.push_back(sum);
    }
}

std::vector<std::uint32_t> BenchKeys::sequence(std::uint64_t stream) const
{
    const auto random = Random::seeded(benchSeed + stream);
    std::vector<std::uint32_t> places(benchSequenceLength);
    for (std::uint32_t &place : places) {
        const double point = random->unit() * m_cumulative.back();
        const auto found = std::upper_bound(m_cumulative.begin(), m_cumulative.end() - 1, point);
        place = static_cast<std::uint32_t>(found - m_cumulative.begin());
    }
    return places;
}

std::string BenchKeys::payload(std::uint32_t key) const
{
    const auto random = Random::seeded(benchSeed ^ key);
    QByteArray bytes(static_cast<qsizetype>(m_options.valueBytes), Qt::Uninitialized);
    for (char &byte : bytes)
        byte = static_cast<char>(random->bits());
    return QCborValue(bytes).toCbor().toStdString();
}

} // namespace insitecache
