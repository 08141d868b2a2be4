// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include <insitecache/base/random.h>
#include <insitecache/tiers/tier.h>
#include <insitecache/tiers/tieroptions.h>

#include "redis/streamposition.h"
#include "tiers/directreads.h"

namespace insitecache {

/// L2 on Redis: shared by processes, on one server that others may use too. It only ever touches keys under its own
/// prefix, and never sends KEYS, FLUSHDB or CONFIG.
///
/// A server that does not answer is not an error of the tier: reads say Unavailable or Timeout, soon Open, and the
/// tier comes back by itself.
///
/// Processes whose protocols differ (names, scripts, the log, the envelope) never share a space: the second one is
/// refused, says by whom, and goes on without L2. Looked at after every connect.
///
/// It repeats nothing: a removal that the server refused or never confirmed is reported, and whoever asked for it must
/// not read those keys here until it has succeeded.
///
/// What its user must be allowed (ACL SETUSER …): `~<prefix>* +get +set +unlink +exists +pttl +pexpire +type +strlen
/// +getrange +scan +eval +xadd +xread +xinfo +sadd +scard +ping +info +select`.
///
/// Threads: made, used and destroyed on the cache thread, which needs an event loop.
class RedisTier : public Tier {
public:
    Stage stage() const override { return Stage::L2; }

    /// Runs `settled` once: when the server has been reached, or the first try has failed, or the tier was closed.
    /// At once when that is already so.
    virtual void whenSettled(std::function<void()> settled) = 0;

    /// The short way for callers that wait. Null: there is none to a server over TLS.
    virtual std::shared_ptr<DirectReads> direct() = 0;

    /// Where an earlier process with our L3 was in the log of the server. Right after the tier was made.
    virtual void goOnFrom(const FollowedStream &start) = 0;
    /// How far this process is; nothing while it cannot say.
    virtual std::optional<FollowedStream> followed() const = 0;

    /// A damaged copy was met and could not be dropped: whoever owes removals owes this one too.
    std::function<void(const CacheKey &key)> onNotDropped;
    /// What another process invalidated, in the order of the server's log; `inOurDatabase`: our L3 knows already.
    std::function<void(const std::string &origin, const Selector &which, bool inOurDatabase)> onHeard;
    /// Something may have been invalidated without our hearing of it: drop everything above this tier, and what lies in
    /// our L3 unless `inOurDatabase`.
    std::function<void(bool inOurDatabase)> onGap;
    /// After each connect, once it is known where the log goes on.
    std::function<void()> onFollowing;
    /// The server answers, for the first time or again.
    std::function<void()> onReady;
};

/// Starts connecting and returns at once. `clock` and `random` must outlive the tier.
/// Errors: InvalidArgument (the URL or the options), Io (the password or certificate file cannot be read).
Result<std::unique_ptr<RedisTier>> makeRedisTier(const RedisTierOptions &options, const Clock &clock, Random &random);

} // namespace insitecache
