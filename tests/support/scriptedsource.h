// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <set>

#include <insitecache/sources/source.h>

namespace insitecache::test {

/// A source whose answers a test writes down beforehand; it can hold them back until the test lets them go.
class ScriptedSource final : public Source {
public:
    std::set<std::string, std::less<>> types{"stock", "search", "sentiment", "trending"};
    std::map<std::string, Result<std::string>> answers; ///< by key text; absent: NotFound
    std::vector<std::vector<CacheKey>> calls;
    UpstreamLife life; ///< of every answer
    bool holding = false;
    std::optional<long long> callsLeft; ///< set: what status() tells, with the share below
    std::optional<double> quotaRemaining;
    std::optional<Millis> frozenFor; ///< set: it refuses, as after a 429

    /// The last asked is answered first, so that an overtaken load arrives after the one that overtook it.
    void release()
    {
        holding = false;
        while (!m_held.empty()) {
            auto next = std::move(m_held.back());
            m_held.pop_back();
            next();
        }
    }

    bool serves(std::string_view type) const override { return types.contains(type); }
    void fetch(std::vector<CacheKey> keys, Done done) override
    {
        calls.push_back(keys);
        // What the upstream says is decided when it is asked, not when the answer arrives.
        std::vector<Fetched> fetched;
        for (const CacheKey &key : keys)
            fetched.push_back({key, answerFor(key), "test", life});
        auto deliver = [done = std::move(done), fetched = std::move(fetched)] { done(fetched); };
        if (holding)
            m_held.push_back(std::move(deliver));
        else
            deliver();
    }
    std::vector<SourceStatus> status() const override
    {
        if (!callsLeft && !frozenFor)
            return {};
        SourceStatus status;
        status.name = "test";
        status.callsLeft = callsLeft;
        status.quotaRemaining = quotaRemaining;
        status.frozenFor = frozenFor;
        status.lastError = frozenFor ? "429" : "";
        return {status};
    }
    void close() override {}

private:
    Result<std::string> answerFor(const CacheKey &key) const
    {
        const auto found = answers.find(key.text());
        return found == answers.end() ? Result<std::string>(fail(ErrorCode::NotFound, "no such thing")) : found->second;
    }

    std::deque<std::function<void()>> m_held;
};

} // namespace insitecache::test
