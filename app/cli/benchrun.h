// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <insitecache/cache/engine.h>

#include "cli/benchoptions.h"

namespace insitecache {

/// The loops of `bench`, each over a running engine. They measure and report; they assert nothing. All block.

/// Entries in L1, then each thread takes hits as a program does that embeds the cache. Every eighth is timed, since
/// reading the clock costs a fifth of a hit.
Result<BenchReport> benchMemory(Engine &engine, const BenchKeys &keys, const BenchOptions &options);
/// Whole lookups through all tiers, each thread waiting for its answer; all of them timed.
Result<BenchReport> benchLookups(Engine &engine, const BenchKeys &keys, const BenchOptions &options);
/// Reads of one tier, with `threads` of them under way at a time. Errors: Unavailable and what the tier says.
Result<BenchReport> benchTier(Engine &engine, Stage stage, const BenchKeys &keys, const BenchOptions &options);

/// Answers every bench key at once, so that a run pays for the cache alone.
Result<std::unique_ptr<Source>> makeBenchSource(const BenchKeys &keys);
/// How a bench key lives: longer than any run, in the given tiers.
Policy benchPolicy(BenchKind kind);

} // namespace insitecache
