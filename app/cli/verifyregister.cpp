// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/verifyregister.h"

#include <charconv>
#include <new>

#include <QString>

#include <insitecache/base/random.h>

namespace insitecache {

namespace {

constexpr std::size_t fillerWords = 12;
static_assert(std::atomic<std::uint64_t>::is_always_lock_free && std::atomic<std::uint32_t>::is_always_lock_free);

} // namespace

Result<std::unique_ptr<VerifyRegister>> VerifyRegister::map(const std::string &path, bool create)
{
    auto made = std::make_unique<VerifyRegister>();
    made->m_file.setFileName(QString::fromStdString(path));
    uchar *bytes = nullptr;
    if (made->m_file.open(QIODevice::ReadWrite) && (!create || made->m_file.resize(sizeof(Shared))))
        bytes = made->m_file.map(0, sizeof(Shared));
    if (!bytes)
        return fail(ErrorCode::Io,
            "the register " + path + " cannot be used: " + made->m_file.errorString().toStdString(),
            "is there room in the directory for temporary files?");
    made->m_shared = create ? new (bytes) Shared{} : std::launder(reinterpret_cast<Shared *>(bytes));
    return made;
}

Result<std::unique_ptr<VerifyRegister>> VerifyRegister::create(const std::string &path)
{
    return map(path, true);
}

Result<std::unique_ptr<VerifyRegister>> VerifyRegister::open(const std::string &path)
{
    return map(path, false);
}

CacheKey VerifyRegister::keyOf(std::size_t number)
{
    return CacheKey::make(type, "g" + std::to_string(number / keysOfGroup) + "k" + std::to_string(number % keysOfGroup))
        .value();
}

std::size_t VerifyRegister::numberOf(const CacheKey &key)
{
    const std::string text = key.identity();
    std::size_t group = 0, place = 0;
    const auto middle = std::from_chars(text.data() + 1, text.data() + text.size(), group);
    std::from_chars(middle.ptr + 1, text.data() + text.size(), place);
    return group * keysOfGroup + place;
}

std::string VerifyRegister::payloadOf(std::size_t number, std::uint32_t version)
{
    std::string payload = std::to_string(version) + ' ' + std::to_string(number);
    const auto filler = Random::seeded(number << 32 | version);
    for (std::size_t i = 0; i < fillerWords; ++i)
        payload += ' ' + std::to_string(filler->bits());
    return payload;
}

Result<std::uint32_t> VerifyRegister::versionOf(std::size_t number, std::string_view payload)
{
    std::uint32_t version = 0;
    std::from_chars(payload.data(), payload.data() + payload.size(), version);
    if (payloadOf(number, version) != payload)
        return fail(ErrorCode::Corrupt, "this is no value of " + keyOf(number).text());
    return version;
}

} // namespace insitecache
