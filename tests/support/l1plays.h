// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>

/// Parts of L1 against slow models of them: the bytes decide what is done, and after each step both must agree.
/// The first disagreement in words; empty when there was none.
namespace insitecache::test {

std::string playOnStore(std::span<const std::uint8_t> bytes);
std::string playOnTable(std::span<const std::uint8_t> bytes);
std::string playOnWheel(std::span<const std::uint8_t> bytes);

} // namespace insitecache::test
