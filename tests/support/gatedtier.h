// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <deque>
#include <set>
#include <string>

#include "tiers/memorytier.h"

namespace insitecache::test {

/// A tier that keeps its entries in memory but can be made to fail, or to hold its answers until a test lets them
/// go, and that writes down what it was asked. Stands for L2 or L3 where an interleaving must be forced.
class GatedTier final : public Tier {
public:
    GatedTier(Stage stage, const Clock &clock, std::vector<std::string> *log = nullptr) :
        m_stage(stage), m_inner({}, clock), m_log(log)
    {}

    std::optional<Error> failure;      ///< when set, every operation fails with it
    std::set<std::string> held;        ///< operations that wait for release(), by name: "get", "put", …
    bool holdAnswers = false;          ///< when set, get() and peek() read at once but answer only at release()
    std::vector<std::size_t> getSizes; ///< how many keys each get() asked for
    std::size_t mostNamed = 0;         ///< the most keys that one remove(), expire(), list() or count() named

    MemoryTier &inner() { return m_inner; }
    void releaseOne()
    {
        auto next = std::move(m_held.front());
        m_held.pop_front();
        next();
    }
    void release()
    {
        held.clear();
        holdAnswers = false;
        while (!m_held.empty())
            releaseOne();
    }

    /// Whoever asked is gone.
    void forgetHeld()
    {
        held.clear();
        holdAnswers = false;
        m_held.clear();
    }

    Stage stage() const override { return m_stage; }
    void get(const std::vector<CacheKey> &keys, Callback<std::vector<TierRead>> done) override
    {
        getSizes.push_back(keys.size());
        run("get", [=, this] {
            if (failure)
                return done(std::vector<TierRead>(keys.size(), TierRead{Outcome::Error, nullptr, *failure}));
            m_inner.get(keys, [=, this](std::vector<TierRead> reads) {
                if (holdAnswers)
                    m_held.push_back([=] { done(reads); });
                else
                    done(std::move(reads));
            });
        });
    }
    void peek(const std::vector<CacheKey> &keys, Callback<Result<std::vector<EntryPtr>>> done) override
    {
        run("peek", [=, this] {
            if (failure)
                return done(tl::unexpected(*failure));
            m_inner.peek(keys, [=, this](const Result<std::vector<EntryPtr>> &copies) {
                if (holdAnswers)
                    m_held.push_back([=] { done(copies); });
                else
                    done(copies);
            });
        });
    }
    void claim(const std::vector<CacheKey> &keys, Callback<std::vector<FillTicket>> done) override
    {
        run("claim", [=, this] { failure ? done(std::vector<FillTicket>(keys.size())) : m_inner.claim(keys, done); });
    }
    void fill(const std::vector<Fill> &fills, Callback<std::vector<FillOutcome>> done) override
    {
        run("fill", [=, this] {
            failure ? done(std::vector<FillOutcome>(fills.size(), FillOutcome::Failed)) : m_inner.fill(fills, done);
        });
    }
    void put(const std::vector<Fill> &fills, Callback<Status> done) override
    {
        run("put", [=, this] { failure ? done(tl::unexpected(*failure)) : m_inner.put(fills, done); });
    }
    void remove(const Selector &which, Callback<Result<std::uint64_t>> done) override
    {
        note(which);
        run("remove", [=, this] { failure ? done(tl::unexpected(*failure)) : m_inner.remove(which, done); });
    }
    void expire(const Selector &which, Callback<Result<std::uint64_t>> done) override
    {
        note(which);
        run("expire", [=, this] { failure ? done(tl::unexpected(*failure)) : m_inner.expire(which, done); });
    }
    void count(const Selector &which, Callback<Result<TierCount>> done) override
    {
        note(which);
        run("count", [=, this] { failure ? done(tl::unexpected(*failure)) : m_inner.count(which, done); });
    }
    void list(const Selector &which, std::size_t limit, Callback<Result<TierListing>> done) override
    {
        note(which);
        run("list", [=, this] { failure ? done(tl::unexpected(*failure)) : m_inner.list(which, limit, done); });
    }
    void usage(Callback<TierUsage> done) override { m_inner.usage(std::move(done)); }
    void close() override { m_inner.close(); }

private:
    void note(const Selector &which)
    {
        mostNamed = std::max(mostNamed, which.namedKeys() ? which.namedKeys()->size() : 0);
    }
    void run(const char *what, std::function<void()> operation)
    {
        if (m_log)
            m_log->push_back(std::string(stageName(m_stage)) + ' ' + what);
        if (held.contains(what))
            m_held.push_back(std::move(operation));
        else
            operation();
    }

    Stage m_stage;
    MemoryTier m_inner;
    std::vector<std::string> *m_log;
    std::deque<std::function<void()>> m_held;
};

} // namespace insitecache::test
