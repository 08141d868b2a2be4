// SPDX-License-Identifier: GPL-3.0-or-later
#include "coherence/keysteps.h"

#include <algorithm>

namespace insitecache {

namespace {

std::vector<Selector> cutUp(const Selector &which)
{
    const auto *named = which.namedKeys();
    if (!named || (!named->empty() && named->size() <= KeySteps::keysPerStep))
        return {which};
    std::vector<Selector> steps;
    for (auto from = named->begin(); from != named->end();) {
        const auto to = from + std::min<std::ptrdiff_t>(KeySteps::keysPerStep, named->end() - from);
        steps.push_back(Selector::keys({from, to}));
        from = to;
    }
    return steps;
}

Selector restOf(const std::vector<Selector> &steps, std::size_t from)
{
    std::vector<CacheKey> keys;
    for (; from < steps.size(); ++from)
        keys.insert(keys.end(), steps[from].namedKeys()->begin(), steps[from].namedKeys()->end());
    return Selector::keys(std::move(keys));
}

/// Keeps itself alive until it is through.
struct StepWalk : std::enable_shared_from_this<StepWalk> {
    Turns &turns;
    std::shared_ptr<const std::vector<Selector>> steps;
    KeySteps::Work work;
    std::function<void()> done;
    std::size_t next = 0;

    StepWalk(Turns &loop, std::shared_ptr<const std::vector<Selector>> all, KeySteps::Work each,
        std::function<void()> last) :
        turns(loop),
        steps(std::move(all)), work(std::move(each)), done(std::move(last))
    {}

    void step(bool ok)
    {
        const std::size_t from = next;
        if (from == steps->size())
            return done();
        next = ok ? from + 1 : steps->size();
        work(ok ? (*steps)[from] : restOf(*steps, from), [self = shared_from_this()](bool worked) {
            if (self->next == self->steps->size())
                self->done();
            else
                self->turns.later([self, worked] { self->step(worked); });
        });
    }
};

} // namespace

KeySteps::KeySteps(const Selector &which) : m_steps(std::make_shared<const Steps>(cutUp(which))) {}

Selector KeySteps::whole() const
{
    return m_steps->size() == 1 ? m_steps->front() : restOf(*m_steps, 0);
}

void KeySteps::walk(Turns &turns, Work work, std::function<void()> done) const
{
    std::make_shared<StepWalk>(turns, m_steps, std::move(work), std::move(done))->step(true);
}

} // namespace insitecache
