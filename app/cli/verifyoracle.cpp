// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/verifyoracle.h"

#include <algorithm>
#include <limits>
#include <map>
#include <set>

namespace insitecache {

namespace {

constexpr std::size_t examplesKept = 10;

/// The highest version known from a moment on.
class VerifyFloor {
public:
    void add(std::int64_t time, std::uint32_t version) { m_steps.push_back({time, version}); }
    /// Call once, after the last add().
    void sort()
    {
        std::sort(m_steps.begin(), m_steps.end());
        std::uint32_t highest = 0;
        for (auto &[time, version] : m_steps)
            version = highest = std::max(highest, version);
    }
    std::uint32_t before(std::int64_t time) const
    {
        const auto after = std::partition_point(
            m_steps.begin(), m_steps.end(), [time](const Step &step) { return step.first < time; });
        return after == m_steps.begin() ? 0 : std::prev(after)->second;
    }
    /// When a higher version than this was known first; never: the end of time.
    std::int64_t firstAbove(std::uint32_t version) const
    {
        const auto above = std::partition_point(
            m_steps.begin(), m_steps.end(), [version](const Step &step) { return step.second <= version; });
        return above == m_steps.end() ? std::numeric_limits<std::int64_t>::max() : above->first;
    }

private:
    using Step = std::pair<std::int64_t, std::uint32_t>;
    std::vector<Step> m_steps;
};

/// What is known about one key.
struct VerifyKey {
    std::map<std::uint32_t, std::int64_t> existsFrom;
    VerifyFloor acknowledged;
    std::map<std::size_t, VerifyFloor> acknowledgedBy, readBy;
};
using VerifyKeys = std::map<std::uint16_t, VerifyKey>;

VerifyKeys gatherKeys(const std::vector<std::vector<VerifyRecord>> &byProcess, VerifyFindings &findings)
{
    VerifyKeys keys;
    for (std::size_t process = 0; process < byProcess.size(); ++process) {
        for (const VerifyRecord &record : byProcess[process]) {
            VerifyKey &key = keys[record.key];
            if (record.kind == VerifyRecord::Kind::Change) {
                key.existsFrom[record.version] = record.start;
            } else if (record.kind == VerifyRecord::Kind::Invalidation && record.good) {
                ++findings.invalidations;
                key.acknowledged.add(record.end, record.version);
                key.acknowledgedBy[process].add(record.end, record.version);
            }
        }
    }
    for (auto &[number, key] : keys) {
        key.acknowledged.sort();
        for (auto &[process, floor] : key.acknowledgedBy)
            floor.sort();
    }
    return keys;
}

/// What a process read counts for its later reads only where it was acknowledged before: who meets the truth earlier
/// may still meet an old copy after it.
void gatherReads(const std::vector<std::vector<VerifyRecord>> &byProcess, VerifyKeys &keys)
{
    for (std::size_t process = 0; process < byProcess.size(); ++process) {
        for (const VerifyRecord &record : byProcess[process]) {
            VerifyKey &key = keys[record.key];
            if (record.kind == VerifyRecord::Kind::Read && key.acknowledged.before(record.start) >= record.version)
                key.readBy[process].add(record.end, record.version);
        }
    }
    for (auto &[number, key] : keys) {
        for (auto &[process, floor] : key.readBy)
            floor.sort();
    }
}

bool isInvented(const VerifyKey &key, const VerifyRecord &read)
{
    if (!read.good)
        return true;
    const auto known = key.existsFrom.find(read.version);
    return read.version > 0 && (known == key.existsFrom.end() || known->second > read.end);
}

bool isBroken(const std::vector<VerifyWindow> &broken, std::int64_t time)
{
    return std::any_of(broken.begin(), broken.end(),
        [time](const VerifyWindow &window) { return time >= window.from && time <= window.to; });
}

bool isBackward(const VerifyKey &key, std::size_t process, const VerifyRecord &read)
{
    const auto known = key.readBy.find(process);
    return known != key.readBy.end() && read.version < known->second.before(read.start);
}

std::string describeRead(const char *what, std::size_t process, const VerifyRecord &read, std::int64_t lateBy)
{
    return std::string(what) + ": process " + std::to_string(process) + " read version " + std::to_string(read.version)
        + " of key " + std::to_string(read.key)
        + (lateBy > 0 ? ", " + std::to_string(lateBy / 1000) + " us too late" : "");
}

class VerifyReads {
public:
    VerifyReads(VerifyFindings &findings, const std::vector<VerifyWindow> &broken, Duration bound) :
        m_findings(findings), m_broken(broken), m_bound(bound)
    {}

    void check(const VerifyKey &key, std::size_t process, const VerifyRecord &read)
    {
        ++m_findings.reads;
        const std::int64_t late = std::max<std::int64_t>(0, read.start - key.acknowledged.firstAbove(read.version));
        const bool broken = isBroken(m_broken, read.start);
        Duration &most = broken ? m_findings.maxStalenessBroken : m_findings.maxStaleness;
        most = std::max(most, Duration(late));
        const auto own = key.acknowledgedBy.find(process);
        const bool staleOwn = own != key.acknowledgedBy.end() && read.version < own->second.before(read.start);
        bool bad = count(isInvented(key, read), m_findings.invented, "invented", process, read, 0);
        bad = count(staleOwn, m_findings.staleOwn, "stale after its own invalidation", process, read, late) || bad;
        bad = count(!broken && late > m_bound.count(), m_findings.staleLate, "stale", process, read, late) || bad;
        bad = count(isBackward(key, process, read), m_findings.backward, "backward", process, read, late) || bad;
        m_findings.bad += bad ? 1 : 0;
    }

private:
    bool count(bool is, std::uint64_t &counter, const char *what, std::size_t process, const VerifyRecord &read,
        std::int64_t late)
    {
        if (!is)
            return false;
        ++counter;
        if (m_findings.examples.size() < examplesKept)
            m_findings.examples.push_back(describeRead(what, process, read, late));
        return true;
    }

    VerifyFindings &m_findings;
    const std::vector<VerifyWindow> &m_broken;
    Duration m_bound;
};

} // namespace

VerifyFindings checkHistories(
    const std::vector<std::vector<VerifyRecord>> &byProcess, const std::vector<VerifyWindow> &broken, Duration bound)
{
    VerifyFindings findings;
    VerifyKeys keys = gatherKeys(byProcess, findings);
    gatherReads(byProcess, keys);
    VerifyReads reads(findings, broken, bound);
    for (std::size_t process = 0; process < byProcess.size(); ++process) {
        for (const VerifyRecord &record : byProcess[process]) {
            if (record.kind == VerifyRecord::Kind::Read)
                reads.check(keys.at(record.key), process, record);
        }
    }
    return findings;
}

std::uint64_t countLost(
    const std::vector<std::vector<VerifyRecord>> &byProcess, const std::vector<VerifyHolding> &atTheEnd)
{
    std::map<std::uint16_t, std::uint32_t> oldest;
    for (const VerifyHolding &holding : atTheEnd) {
        const auto [known, first] = oldest.emplace(holding.key, holding.version);
        known->second = std::min(known->second, holding.version);
    }
    std::set<std::pair<std::uint16_t, std::uint32_t>> lost;
    for (const auto &records : byProcess) {
        for (const VerifyRecord &record : records) {
            const auto held = oldest.find(record.key);
            if (record.kind == VerifyRecord::Kind::Invalidation && record.good && held != oldest.end()
                && held->second < record.version)
                lost.emplace(record.key, record.version);
        }
    }
    return lost.size();
}

} // namespace insitecache
