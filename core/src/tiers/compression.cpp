// SPDX-License-Identifier: GPL-3.0-or-later
#include "tiers/compression.h"

#include <memory>

#include <zstd.h>

namespace insitecache {

namespace {

constexpr int zstdLevel = 1;

struct FreeCompressor {
    void operator()(ZSTD_CCtx *context) const { ZSTD_freeCCtx(context); }
};
struct FreeDecompressor {
    void operator()(ZSTD_DCtx *context) const { ZSTD_freeDCtx(context); }
};

} // namespace

std::string zstdCompress(std::string_view raw)
{
    thread_local const std::unique_ptr<ZSTD_CCtx, FreeCompressor> context(ZSTD_createCCtx());
    std::string out(ZSTD_compressBound(raw.size()), '\0');
    const std::size_t size
        = ZSTD_compressCCtx(context.get(), out.data(), out.size(), raw.data(), raw.size(), zstdLevel);
    out.resize(ZSTD_isError(size) ? 0 : size);
    return out;
}

std::optional<std::string> zstdDecompress(std::string_view compressed, std::size_t rawSize)
{
    thread_local const std::unique_ptr<ZSTD_DCtx, FreeDecompressor> context(ZSTD_createDCtx());
    std::string out(rawSize, '\0');
    const std::size_t size
        = ZSTD_decompressDCtx(context.get(), out.data(), out.size(), compressed.data(), compressed.size());
    if (ZSTD_isError(size) || size != rawSize)
        return std::nullopt;
    return out;
}

} // namespace insitecache
