// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include <insitecache/base/selector.h>

#include "cache/turns.h"

namespace insitecache {

/// A selection in steps of at most `keysPerStep` named keys, so that neither a database transaction nor a script on
/// the server nor the cache thread is held up by a hundred thousand keys. What is no list of names is one step.
/// A value type; copies share the keys.
class KeySteps {
public:
    static constexpr std::size_t keysPerStep = 1'000;

    KeySteps() = default;
    explicit KeySteps(const Selector &which);

    bool isEmpty() const { return m_steps->empty(); }
    const std::vector<Selector> &steps() const { return *m_steps; }
    Selector whole() const;

    /// Runs `work(step, next)` for one step after the other, other work of the thread in between, and `done` after the
    /// last. `next(false)`: it failed, so the rest is not worth several attempts and becomes one step.
    using Next = std::function<void(bool ok)>;
    using Work = std::function<void(const Selector &step, Next next)>;
    void walk(Turns &turns, Work work, std::function<void()> done) const;

private:
    using Steps = std::vector<Selector>;
    std::shared_ptr<const Steps> m_steps = std::make_shared<Steps>();
};

} // namespace insitecache
