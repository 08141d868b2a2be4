// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <vector>

#include <QPromise>

#include <insitecache/cache/lookup.h>

namespace insitecache {

/// Of the answers to some keys those that are still to be found.
struct OpenLookups {
    std::vector<CacheKey> keys;
    std::vector<std::size_t> places; ///< of these keys, among the answers

    OpenLookups(std::vector<CacheKey> all, std::vector<std::size_t> open);
    void put(std::vector<Lookup> found, std::vector<Lookup> &answers) const;
    /// What is answered by now is open no more.
    void leaveAnswered(const std::vector<Lookup> &answers);
};

/// What of a lookup waits for another thread. One thread at a time.
struct LookupUnderWay {
    OpenLookups open;
    std::vector<Lookup> answers;
    LookupOptions options;
    QPromise<std::vector<Lookup>> promise{};

    void keepPromise();
};

using LookupPtr = std::shared_ptr<LookupUnderWay>;

/// Whoever waits for some lookups one after the other, and asked in that order, is woken once: the first promise is
/// kept last.
void keepPromises(const std::vector<LookupPtr> &lookups);

} // namespace insitecache
