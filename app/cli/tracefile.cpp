// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/tracefile.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <unordered_map>

#include <sys/stat.h>
#include <zlib.h>

#include "settings/printable.h"

namespace insitecache {

namespace {

constexpr std::size_t traceBlockBytes = 1 << 18;

struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
};

/// Takes the text of a trace block by block.
class TraceReader {
public:
    /// The last line may go on in the next block.
    Status take(std::string_view block)
    {
        for (auto end = block.find('\n'); end != std::string_view::npos; end = block.find('\n')) {
            if (Status ok = takeLine(block.substr(0, end)); !ok)
                return ok;
            block.remove_prefix(end + 1);
        }
        m_begun.append(block.substr(0, CacheKey::maxTextBytes + 1));
        return m_begun.size() > CacheKey::maxTextBytes + 1 ? takeLine({}) : Status();
    }
    Result<TraceFile> finish()
    {
        if (Status ok = takeLine({}); !ok)
            return tl::unexpected(ok.error());
        return std::move(m_trace);
    }

private:
    Status takeLine(std::string_view text)
    {
        ++m_line;
        if (!m_begun.empty())
            text = m_begun.append(text);
        const Status ok = takeKey(text.ends_with('\r') ? text.substr(0, text.size() - 1) : text);
        m_begun.clear();
        return ok;
    }
    Status takeKey(std::string_view text)
    {
        if (text.empty())
            return {};
        if (text.size() > CacheKey::maxTextBytes) // what is left of it need not be all
            return notAKey({ErrorCode::TooLarge, "the key is too long"});
        auto place = m_places.find(text);
        if (place == m_places.end()) {
            auto key = CacheKey::make(TraceFile::type, text);
            if (!key)
                return notAKey(key.error());
            place = m_places.emplace(text, static_cast<std::uint32_t>(m_trace.keys.size())).first;
            m_trace.keys.push_back(std::move(*key));
        }
        m_trace.requests.push_back(place->second);
        return {};
    }

    Status notAKey(const Error &error) const
    {
        return fail(error.code, "line " + std::to_string(m_line) + ": " + error.message,
            "a trace has one key a line, UTF-8 text of at most "
                + std::to_string(CacheKey::maxTextBytes - TraceFile::type.size() - 1) + " bytes");
    }

    TraceFile m_trace;
    std::unordered_map<std::string, std::uint32_t, TextHash, std::equal_to<>> m_places;
    std::string m_begun; // of a line whose end is in a later block
    std::uint64_t m_line = 0;
};

Status checkTraceFile(const std::string &path)
{
    struct stat info {};
    if (::stat(path.c_str(), &info) != 0)
        return fail(ErrorCode::Io, "the trace " + inQuotes(path) + " cannot be opened (" + std::strerror(errno) + ')',
            "name a file with one key a line, packed with gzip or not");
    if (S_ISDIR(info.st_mode))
        return fail(ErrorCode::Io, inQuotes(path) + " is a directory", "name one of the trace files in it");
    return {};
}

Error brokenTrace(const std::string &path, gzFile file)
{
    int code = Z_OK;
    const std::string said = ::gzerror(file, &code);
    if (code == Z_ERRNO)
        return {ErrorCode::Io, "the trace " + inQuotes(path) + " cannot be read (" + std::strerror(errno) + ')',
            "check the disk"};
    return {ErrorCode::Corrupt,
        "the trace " + inQuotes(path)
            + (code == Z_BUF_ERROR ? std::string(" is cut short") : " is damaged (" + printable(said) + ')'),
        "fetch it again; gzip -t tells whether it is whole"};
}

Error lineOf(const std::string &path, Error error)
{
    error.message = "the trace " + inQuotes(path) + ", " + error.message;
    return error;
}

} // namespace

Result<TraceFile> TraceFile::read(const std::string &path)
{
    if (Status ok = checkTraceFile(path); !ok)
        return tl::unexpected(ok.error());
    const std::unique_ptr<gzFile_s, decltype(&::gzclose)> file(::gzopen(path.c_str(), "rb"), &::gzclose);
    if (!file)
        return fail(ErrorCode::Io, "the trace " + inQuotes(path) + " cannot be opened (" + std::strerror(errno) + ')',
            "check who may read it");
    ::gzbuffer(file.get(), traceBlockBytes);
    TraceReader reader;
    std::string block(traceBlockBytes, '\0');
    int got = 0;
    while ((got = ::gzread(file.get(), block.data(), static_cast<unsigned>(block.size()))) > 0) {
        if (Status ok = reader.take(std::string_view(block).substr(0, static_cast<std::size_t>(got))); !ok)
            return tl::unexpected(lineOf(path, ok.error()));
    }
    int code = Z_OK;
    ::gzerror(file.get(), &code);
    if (got < 0 || code != Z_OK)
        return tl::unexpected(brokenTrace(path, file.get()));
    auto trace = reader.finish();
    if (!trace)
        return tl::unexpected(lineOf(path, trace.error()));
    if (trace->requests.empty())
        return fail(ErrorCode::Corrupt, "the trace " + inQuotes(path) + " has no key in it", "write one key a line");
    return trace;
}

} // namespace insitecache
