// SPDX-License-Identifier: GPL-3.0-or-later
#include "redis/redisbrowser.h"

#include <unordered_map>

#include "tiers/envelope.h"

namespace insitecache {

namespace {

/// Enough for the fixed part of an envelope, the longest key and any sensible origin.
constexpr std::string_view lastHeadByte = "2047";
constexpr std::size_t commandsPerRow = 3;

std::optional<TierEntryInfo> redisRowOf(
    const CacheKey &key, const RedisResult &life, const RedisResult &size, const RedisResult &head)
{
    if (!life || !size || !head || life->integer() <= 0)
        return std::nullopt;
    const auto bytes = static_cast<std::size_t>(size->integer());
    const auto info = inspectEnvelopeHead(head->text(), bytes);
    if (!info || info->key != key.text())
        return std::nullopt;
    TierEntryInfo row;
    row.key = key;
    row.ttl = Millis(life->integer()) - info->staleFor;
    row.bytes = bytes;
    row.rawBytes = info->rawBytes;
    row.created = info->created;
    row.origin = info->origin;
    row.version = info->version;
    row.negative = info->negative;
    return row;
}

} // namespace

void RedisBrowser::count(const Selector &which, std::function<void(Result<TierCount>)> done)
{
    const auto counted = std::make_shared<TierCount>();
    const bool named = which.namedKeys() != nullptr;
    counted->exact = named;
    const auto onBatch
        = [this, counted, named](const std::vector<RedisSelection::Copy> &copies, RedisSelection::Next next) {
              if (!named) {
                  counted->keys += copies.size();
                  return next({});
              }
              RedisBatch batch;
              batch.add(RedisSelection::commandFor("EXISTS", copies));
              m_connection.send(batch, [counted, next = std::move(next)](const std::vector<RedisResult> &results) {
                  if (!results[0])
                      return next(results[0].error());
                  counted->keys += static_cast<std::uint64_t>(results[0]->integer());
                  next({});
              });
          };
    RedisSelection::walk(m_connection, m_keyspace, which, onBatch,
        [counted, done = std::move(done)](const RedisSelection::Failure &failure) {
            done(failure ? Result<TierCount>(tl::unexpected(failure->error)) : Result<TierCount>(*counted));
        });
}

void RedisBrowser::list(const Selector &which, std::size_t limit, std::function<void(Result<TierListing>)> done)
{
    const auto listing = std::make_shared<TierListing>();
    const bool named = which.namedKeys() != nullptr;
    listing->exact = named;
    const auto onBatch
        = [this, listing, named, limit](std::vector<RedisSelection::Copy> copies, RedisSelection::Next next) {
              const std::size_t room = limit - std::min(limit, listing->entries.size());
              if (!named) {
                  listing->total += copies.size();
                  copies.resize(std::min(room, copies.size()));
              }
              if (copies.empty())
                  return next({});
              addRows(listing, std::move(copies), std::move(next));
          };
    RedisSelection::walk(m_connection, m_keyspace, which, onBatch,
        [listing, named, limit, done = std::move(done)](const RedisSelection::Failure &failure) {
            if (failure)
                return done(tl::unexpected(failure->error));
            if (named)
                listing->total = listing->entries.size();
            listing->entries.resize(std::min(limit, listing->entries.size()));
            done(std::move(*listing));
        });
}

void RedisBrowser::addRows(
    const ListingPtr &listing, std::vector<RedisSelection::Copy> copies, RedisSelection::Next next)
{
    RedisBatch batch;
    for (const auto &copy : copies) {
        batch.add({"PTTL", copy.name});
        batch.add({"STRLEN", copy.name});
        batch.add({"GETRANGE", copy.name, "0", lastHeadByte});
    }
    leaveUntouched("ON");
    m_connection.send(
        batch, [listing, copies = std::move(copies), next = std::move(next)](const std::vector<RedisResult> &results) {
            for (std::size_t i = 0; i < copies.size(); ++i) {
                const auto *row = &results[commandsPerRow * i];
                if (!row[0] && row[0].error().fault != RedisFault::WrongType)
                    return next(row[0].error());
                if (auto info = redisRowOf(copies[i].key, row[0], row[1], row[2]))
                    listing->entries.push_back(std::move(*info));
            }
            next({});
        });
    leaveUntouched("OFF");
}

// As in RedisReads: the life is asked before the value.
void RedisBrowser::peek(const std::vector<CacheKey> &keys, std::function<void(Result<std::vector<EntryPtr>>)> done)
{
    const auto found = std::make_shared<std::unordered_map<CacheKey, EntryPtr>>();
    const auto onBatch
        = [this, found](const std::vector<RedisSelection::Copy> &copies, const RedisSelection::Next &next) {
              RedisBatch batch;
              for (const auto &copy : copies) {
                  batch.add({"PTTL", copy.name});
                  batch.add({"GET", copy.name});
              }
              leaveUntouched("ON");
              m_connection.send(batch, [this, found, copies, next](const std::vector<RedisResult> &results) {
                  for (std::size_t i = 0; i < copies.size(); ++i) {
                      if (!results[2 * i])
                          return next(results[2 * i].error());
                      found->emplace(copies[i].key, entryOf(copies[i].key, results[2 * i], results[2 * i + 1]));
                  }
                  next({});
              });
              leaveUntouched("OFF");
          };
    RedisSelection::walk(m_connection, m_keyspace, Selector::keys(keys), onBatch,
        [found, keys, done = std::move(done)](const RedisSelection::Failure &failure) {
            if (failure)
                return done(tl::unexpected(failure->error));
            std::vector<EntryPtr> entries;
            for (const CacheKey &key : keys)
                entries.push_back(found->at(key));
            done(std::move(entries));
        });
}

EntryPtr RedisBrowser::entryOf(const CacheKey &key, const RedisResult &life, const RedisResult &value) const
{
    if (!value || value->isNil() || life->integer() <= 0)
        return nullptr;
    const SteadyTime now = m_clock.now();
    auto entry = openEnvelope(value->text(), key, lifeFromStore(life->integer()), now);
    return entry && (*entry)->isUsable(now) ? std::move(*entry) : nullptr;
}

// Three batches of one pipeline: nothing else can come in between, and a refusal of the switch stops nothing.
void RedisBrowser::leaveUntouched(std::string_view onOrOff)
{
    if (!m_canLeaveUntouched)
        return;
    RedisBatch batch;
    batch.add({"CLIENT", "NO-TOUCH", onOrOff});
    m_connection.send(batch, [this](const std::vector<RedisResult> &results) {
        if (!results[0])
            m_canLeaveUntouched = false;
    });
}

} // namespace insitecache
