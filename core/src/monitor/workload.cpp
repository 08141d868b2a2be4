// SPDX-License-Identifier: GPL-3.0-or-later
#include <insitecache/monitor/workload.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace insitecache {

namespace {

constexpr std::string_view workloadWords
    = "the words are rate, zipf, keys, stock, search, sentiment, trending, user, seed, maxInFlight";

tl::unexpected<Error> badWorkload(std::string message, std::string_view hint)
{
    return fail(ErrorCode::InvalidArgument, "workload: " + std::move(message), std::string(hint));
}

bool isWithin(double value, double lowest, double highest)
{
    return value >= lowest && value <= highest;
}

template <class Number>
Status readWorkloadNumber(std::string_view word, std::string_view text, Number &out)
{
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size())
        return badWorkload(std::string(word) + " '" + std::string(text) + "' is not a number it can take",
            "write for instance rate=200,zipf=1.0,seed=42");
    out = value;
    return {};
}

Status readWorkloadField(WorkloadSpec &spec, std::string_view word, std::string_view text)
{
    const std::array<std::pair<std::string_view, double *>, 7> reals{
        {{"rate", &spec.rate}, {"zipf", &spec.zipf}, {"stock", &spec.stock}, {"search", &spec.search},
            {"sentiment", &spec.sentiment}, {"trending", &spec.trending}, {"user", &spec.user}}};
    for (const auto &[name, field] : reals) {
        if (word == name)
            return readWorkloadNumber(word, text, *field);
    }
    if (word == "keys")
        return readWorkloadNumber(word, text, spec.keys);
    if (word == "maxInFlight")
        return readWorkloadNumber(word, text, spec.maxInFlight);
    if (word == "seed")
        return readWorkloadNumber(word, text, spec.seed);
    return badWorkload("unknown word '" + std::string(word) + "'", workloadWords);
}

} // namespace

Status WorkloadSpec::validate() const
{
    if (!isWithin(rate, 1, 5000))
        return badWorkload("rate is out of range", "use 1 … 5000 lookups a second");
    if (!isWithin(zipf, 0, 2))
        return badWorkload("zipf is out of range", "use 0 (all keys alike) … 2");
    if (keys < 1 || keys > 1'000'000)
        return badWorkload("keys is out of range", "use 1 … 1000000");
    if (maxInFlight < 1 || maxInFlight > 100'000)
        return badWorkload("maxInFlight is out of range", "use 1 … 100000");
    double sum = 0;
    for (const double part : {stock, search, sentiment, trending, user}) {
        if (!isWithin(part, 0, 1e6))
            return badWorkload("a part of the mix is out of range", "use 0 … 1000000 for each type");
        sum += part;
    }
    if (sum <= 0)
        return badWorkload("the mix is empty", "give at least one of stock, search, sentiment, trending, user a part");
    return {};
}

Result<WorkloadSpec> WorkloadSpec::parse(std::string_view text)
{
    WorkloadSpec spec;
    while (!text.empty()) {
        const std::string_view pair = text.substr(0, text.find(','));
        text.remove_prefix(std::min(text.size(), pair.size() + 1));
        const std::size_t equals = pair.find('=');
        if (equals == std::string_view::npos)
            return badWorkload(
                "'" + std::string(pair) + "' has no '='", "write for instance rate=200,zipf=1.0,seed=42");
        if (Status ok = readWorkloadField(spec, pair.substr(0, equals), pair.substr(equals + 1)); !ok)
            return tl::unexpected(ok.error());
    }
    if (Status ok = spec.validate(); !ok)
        return tl::unexpected(ok.error());
    return spec;
}

} // namespace insitecache
