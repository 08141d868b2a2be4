// SPDX-License-Identifier: GPL-3.0-or-later
#include "tiers/envelope.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include <xxhash.h>

#include "base/probe.h"
#include "tiers/compression.h"

namespace insitecache {

namespace {

static_assert(std::endian::native == std::endian::little, "the envelope is written in the machine's byte order");

constexpr std::string_view envelopeMagic = "ICE1";
constexpr std::uint8_t envelopeVersion = 1;
enum EnvelopeCodec : std::uint8_t { PlainCodec = 0, ZstdCodec = 1 };
constexpr std::uint8_t negativeFlag = 1;
constexpr std::size_t checksumBytes = 8;

/// The fixed part, in wire order. Every member is naturally aligned, so there is no padding.
struct EnvelopeHeader {
    char magic[4];
    std::uint8_t version, codec, flags, reserved;
    std::uint64_t createdMs, ttlMs, staleMs, refreshBeforeMs, entryVersion;
    std::uint32_t keyBytes, originBytes, storedBytes, rawBytes;
};
static_assert(sizeof(EnvelopeHeader) == 64);

/// An envelope whose lengths and checksum are right, still pointing into its bytes.
struct EnvelopeView {
    EnvelopeHeader header;
    std::string_view key, origin, payload;
};

tl::unexpected<Error> corruptEnvelope(const std::string &what)
{
    return fail(ErrorCode::Corrupt, "the stored entry is damaged: " + what, "it is dropped and loaded again");
}

std::uint64_t checksumOf(std::string_view bytes)
{
    return XXH3_64bits(bytes.data(), bytes.size());
}

Status checkHeader(const EnvelopeHeader &header, std::size_t size)
{
    if (std::string_view(header.magic, sizeof header.magic) != envelopeMagic)
        return corruptEnvelope("not an entry of this cache");
    if (header.version != envelopeVersion)
        return corruptEnvelope("format version " + std::to_string(header.version) + " is unknown");
    if (header.codec > ZstdCodec)
        return corruptEnvelope("codec " + std::to_string(header.codec) + " is unknown");
    const std::uint64_t wanted
        = sizeof header + checksumBytes + std::uint64_t(header.keyBytes) + header.originBytes + header.storedBytes;
    if (wanted != size || header.rawBytes > maxPayloadBytes)
        return corruptEnvelope("its lengths do not fit");
    return {};
}

Result<EnvelopeView> viewEnvelope(std::string_view bytes)
{
    EnvelopeView view{};
    if (bytes.size() < sizeof view.header + checksumBytes)
        return corruptEnvelope("too short");
    std::memcpy(&view.header, bytes.data(), sizeof view.header);
    if (Status ok = checkHeader(view.header, bytes.size()); !ok)
        return tl::unexpected(ok.error());
    const std::string_view body = bytes.substr(0, bytes.size() - checksumBytes);
    std::uint64_t stored = 0;
    std::memcpy(&stored, bytes.data() + body.size(), checksumBytes);
    if (isOn(Protection::Checksum) && stored != checksumOf(body))
        return corruptEnvelope("its checksum is wrong");
    view.key = body.substr(sizeof view.header, view.header.keyBytes);
    view.origin = body.substr(sizeof view.header + view.header.keyBytes, view.header.originBytes);
    view.payload = body.substr(body.size() - view.header.storedBytes);
    return view;
}

Result<std::string> rawPayload(const EnvelopeView &view)
{
    if (view.header.codec == PlainCodec) {
        if (view.header.rawBytes != view.header.storedBytes)
            return corruptEnvelope("its lengths do not fit");
        return std::string(view.payload);
    }
    auto raw = zstdDecompress(view.payload, view.header.rawBytes);
    if (!raw)
        return corruptEnvelope("its payload does not decompress");
    return std::move(*raw);
}

std::uint64_t unsignedMillis(Duration d)
{
    return static_cast<std::uint64_t>(std::max(0LL, toMillis(d)));
}

Duration fromMillis(std::uint64_t ms)
{
    constexpr std::uint64_t longest = 366ull * 200 * 24 * 3600 * 1000; // still fits nanoseconds
    return Millis(static_cast<Millis::rep>(std::min(ms, longest)));
}

EnvelopeInfo envelopeInfoOf(const EnvelopeView &view)
{
    EnvelopeInfo info;
    info.key = view.key;
    info.origin = view.origin;
    info.created = WallTime(Millis(static_cast<Millis::rep>(view.header.createdMs)));
    info.ttl = std::chrono::duration_cast<Millis>(fromMillis(view.header.ttlMs));
    info.staleFor = std::chrono::duration_cast<Millis>(fromMillis(view.header.staleMs));
    info.version = view.header.entryVersion;
    info.rawBytes = view.header.rawBytes;
    info.negative = view.header.flags & negativeFlag;
    return info;
}

} // namespace

std::string sealEnvelope(const Entry &entry)
{
    EnvelopeHeader header{};
    std::memcpy(header.magic, envelopeMagic.data(), sizeof header.magic);
    header.version = envelopeVersion;
    header.flags = entry.negative() ? negativeFlag : 0;
    header.createdMs = static_cast<std::uint64_t>(entry.created().time_since_epoch().count());
    header.ttlMs = unsignedMillis(entry.ttl());
    header.staleMs = unsignedMillis(entry.staleFor());
    header.refreshBeforeMs = unsignedMillis(entry.freshUntil() - entry.refreshAt());
    header.entryVersion = entry.version();
    header.keyBytes = static_cast<std::uint32_t>(entry.keyText().size());
    header.originBytes = static_cast<std::uint32_t>(entry.origin().size());
    header.rawBytes = static_cast<std::uint32_t>(entry.payload().size());

    std::string compressed;
    if (entry.payload().size() > compressAbove)
        compressed = zstdCompress(entry.payload());
    const bool worthIt = !compressed.empty() && compressed.size() < entry.payload().size() / 20 * 19;
    const std::string_view stored = worthIt ? std::string_view(compressed) : entry.payload();
    header.codec = worthIt ? ZstdCodec : PlainCodec;
    header.storedBytes = static_cast<std::uint32_t>(stored.size());

    std::string out;
    out.reserve(sizeof header + entry.keyText().size() + entry.origin().size() + stored.size() + checksumBytes);
    out.append(reinterpret_cast<const char *>(&header), sizeof header);
    out.append(entry.keyText()).append(entry.origin()).append(stored);
    const std::uint64_t checksum = checksumOf(out);
    out.append(reinterpret_cast<const char *>(&checksum), checksumBytes);
    return out;
}

Duration lifeFromStore(long long milliseconds)
{
    return fromMillis(static_cast<std::uint64_t>(std::max(0LL, milliseconds)));
}

Result<EntryPtr> openEnvelope(std::string_view bytes, const CacheKey &expected, Duration remaining, SteadyTime now)
{
    const auto view = viewEnvelope(bytes);
    if (!view)
        return tl::unexpected(view.error());
    if (view->key != expected.text())
        return corruptEnvelope("it belongs to another key");
    auto payload = rawPayload(*view);
    if (!payload)
        return tl::unexpected(payload.error());
    EntryFields entry;
    entry.key = expected;
    entry.payload = std::move(*payload);
    entry.origin = view->origin;
    entry.created = WallTime(Millis(static_cast<Millis::rep>(view->header.createdMs)));
    entry.ttl = fromMillis(view->header.ttlMs);
    entry.staleFor = fromMillis(view->header.staleMs);
    entry.version = view->header.entryVersion;
    entry.negative = view->header.flags & negativeFlag;
    const SteadyTime staleUntil = now + std::clamp(remaining, Duration::zero(), entry.ttl + entry.staleFor);
    entry.freshUntil = staleUntil - entry.staleFor;
    entry.refreshAt = entry.freshUntil - fromMillis(view->header.refreshBeforeMs);
    return Entry::make(entry);
}

Result<EnvelopeInfo> inspectEnvelope(std::string_view bytes)
{
    const auto view = viewEnvelope(bytes);
    if (!view)
        return tl::unexpected(view.error());
    return envelopeInfoOf(*view);
}

Result<EnvelopeInfo> inspectEnvelopeHead(std::string_view head, std::size_t totalBytes)
{
    EnvelopeView view{};
    if (head.size() < sizeof view.header)
        return corruptEnvelope("too short");
    std::memcpy(&view.header, head.data(), sizeof view.header);
    if (Status ok = checkHeader(view.header, totalBytes); !ok)
        return tl::unexpected(ok.error());
    head.remove_prefix(sizeof view.header);
    if (head.size() < std::uint64_t(view.header.keyBytes) + view.header.originBytes)
        return corruptEnvelope("its names are too long");
    view.key = head.substr(0, view.header.keyBytes);
    view.origin = head.substr(view.header.keyBytes, view.header.originBytes);
    return envelopeInfoOf(view);
}

} // namespace insitecache
