// SPDX-License-Identifier: GPL-3.0-or-later
#include "workload.h"

#include <array>
#include <bit>
#include <fstream>

#include <insitecache/base/random.h>

#include "benchdata.h"

namespace insitecache::bench {

namespace {

static_assert(std::endian::native == std::endian::little);

constexpr std::size_t streamCount = 2 * Workload::threads + 1;
constexpr std::array<std::uint32_t, 4> workloadHead{
    Workload::keyCount, Workload::capacity, Workload::valueBytes, Workload::streamLength};

void append(std::vector<std::uint32_t> &to, const std::vector<std::uint32_t> &draws)
{
    to.insert(to.end(), draws.begin(), draws.end());
}

void markWrites(std::span<std::uint32_t> draws)
{
    const std::unique_ptr<Random> random = Random::seeded(3);
    for (std::uint32_t &draw : draws)
        draw |= random->bits() % 4 == 0 ? Workload::writeMark : 0;
}

} // namespace

Workload Workload::draw()
{
    Workload out;
    append(out.m_draws, makeZipf(capacity, skew, std::size_t(threads) * streamLength, 1));
    // One sequence, because another seed would make other keys popular.
    append(out.m_draws, makeZipf(keyCount, skew, std::size_t(threads + 1) * streamLength, 2));
    markWrites(std::span(out.m_draws).subspan(std::size_t(threads) * streamLength));
    return out;
}

std::string_view Workload::value()
{
    static const std::string bytes = makePayload(valueBytes, 5);
    return bytes;
}

Result<Workload> Workload::load(const std::string &file)
{
    std::ifstream in(file, std::ios::binary);
    std::array<std::uint32_t, 4> head{};
    in.read(reinterpret_cast<char *>(head.data()), sizeof head);
    Workload out;
    out.m_draws.resize(streamCount * streamLength);
    in.read(reinterpret_cast<char *>(out.m_draws.data()), std::streamsize(out.m_draws.size() * sizeof(std::uint32_t)));
    if (!in || head != workloadHead)
        return fail(ErrorCode::Io, file + " is no workload of this program", "let the contest draw one");
    return out;
}

Status Workload::save(const std::string &file) const
{
    std::ofstream out(file, std::ios::binary);
    out.write(reinterpret_cast<const char *>(workloadHead.data()), sizeof workloadHead);
    out.write(reinterpret_cast<const char *>(m_draws.data()), std::streamsize(m_draws.size() * sizeof(std::uint32_t)));
    out.close();
    return out ? Status() : fail(ErrorCode::Io, file + " cannot be written", "make room for 20 MB there");
}

} // namespace insitecache::bench
