// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <insitecache/base/selector.h>
#include <insitecache/tiers/tier.h>

namespace insitecache {

/// A wish to invalidate: which keys, at which tiers, delete or expire, and why. It is about copies: where L3 holds the
/// value itself (Policy::l3IsTruth) that one stays, and only what lies above it goes.
///
/// Many named keys or dependents are worked on a thousand at a time, and lookups are answered in between; each key is
/// gone from a deeper tier before it goes from the one above.
struct Invalidation {
    Selector which = Selector::keys({});
    bool tiers[tierCount] = {true, true, true};
    bool expire = false;     ///< end the fresh life but keep the copy for its stale time
    std::string reason{};    ///< free text for the event log
    bool dependents = false; ///< also everything that was made from these keys, however indirectly
    bool undoable = false;   ///< keep what goes for a while, for undo()
};

/// What an invalidation would hit. Nothing is touched to find out.
struct InvalidationPreview {
    std::uint64_t keys = 0;       ///< distinct keys over all tiers, at least
    std::uint64_t dependents = 0; ///< of these, how many are hit only because they depend on the others
    std::uint64_t byTier[tierCount] = {};
    std::uint64_t bytes = 0;         ///< as stored, over all tiers, at least
    bool undoable = true;            ///< few and small enough to be kept for undo()
    bool exact = true;               ///< false when one tier could only estimate or did not answer
    bool everything = false;         ///< more than Closure::maxDependents depend on it, so all keys would be taken
    std::vector<std::string> sample; ///< up to 20 key texts
    /// Keys by the edges between them and the named ones, which come first; empty where no dependents were asked for.
    std::vector<std::uint64_t> byHop;
    struct Failure {
        Stage stage;
        Error error;
    };
    std::vector<Failure> unreachable;
};

/// What an invalidation did. A tier that could not be reached is partial, never success.
struct InvalidationResult {
    std::uint64_t requested = 0;  ///< distinct keys found before
    std::uint64_t dependents = 0; ///< of these, how many only because they depend on the others
    bool everything = false;      ///< there were too many to name, so all keys were taken
    std::uint64_t deletedByTier[tierCount] = {};
    std::uint64_t deleted = 0;  ///< distinct keys of `requested` of which at least one copy was removed
    std::uint64_t verified = 0; ///< of these, absent (or expired) at every tier afterwards
    InvalidationPreview::Failure const *firstFailure() const { return partial.empty() ? nullptr : &partial.front(); }
    std::vector<InvalidationPreview::Failure> partial;
    std::uint64_t undo = 0; ///< for undo() within 30 s; 0: this cannot be undone
};

/// What an undo did, in keys; every key that the invalidation took is counted once. A key comes back at the tiers it
/// was taken from, with the expiry it had, and only where nobody has written, loaded or invalidated it since.
struct UndoResult {
    std::uint64_t restored = 0;
    std::uint64_t newer = 0;                           ///< left alone: there is something newer, or about to be
    std::uint64_t expired = 0;                         ///< its life was over anyway
    std::vector<InvalidationPreview::Failure> partial; ///< tiers that did not take theirs back
};

} // namespace insitecache
