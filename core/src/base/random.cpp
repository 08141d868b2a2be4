// SPDX-License-Identifier: GPL-3.0-or-later
#include <insitecache/base/random.h>

#include <random>

namespace insitecache {

namespace {
class SplitMix64 final : public Random {
public:
    explicit SplitMix64(std::uint64_t seed) : m_state(seed) {}

    std::uint64_t bits() override
    {
        std::uint64_t z = (m_state += 0x9E3779B97F4A7C15ull);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
        return z ^ (z >> 31);
    }

private:
    std::uint64_t m_state;
};
} // namespace

std::unique_ptr<Random> Random::seeded(std::uint64_t seed)
{
    return std::make_unique<SplitMix64>(seed);
}

std::unique_ptr<Random> Random::fromSystem()
{
    std::random_device device;
    return seeded((std::uint64_t(device()) << 32) | device());
}

} // namespace insitecache
