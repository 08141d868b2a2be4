// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/benchrun.h"

#include "settings/quantities.h"

namespace insitecache {

namespace {

class BenchSource final : public Source {
public:
    explicit BenchSource(const BenchKeys &keys) : m_keys(keys) {}

    bool serves(std::string_view type) const override { return type == BenchKeys::type; }
    void fetch(std::vector<CacheKey> keys, Done done) override
    {
        std::vector<Fetched> fetched;
        for (CacheKey &key : keys) {
            const auto place = parseCount(key.identity().substr(1)).value_or(0);
            std::string payload = m_keys.payload(static_cast<std::uint32_t>(place));
            fetched.push_back({std::move(key), std::move(payload), "bench"});
        }
        done(std::move(fetched));
    }
    std::vector<SourceStatus> status() const override { return {}; }
    void close() override {}

private:
    const BenchKeys &m_keys;
};

} // namespace

Result<std::unique_ptr<Source>> makeBenchSource(const BenchKeys &keys)
{
    return std::make_unique<BenchSource>(keys);
}

Policy benchPolicy(BenchKind kind)
{
    Policy policy;
    policy.type = BenchKeys::type;
    policy.ttl = std::chrono::hours(24);
    policy.jitter = 0;
    policy.staleFor = Millis::zero();
    policy.tiers[1] = kind != BenchKind::L1;
    policy.tiers[2] = kind != BenchKind::L1;
    return policy;
}

} // namespace insitecache
