// SPDX-License-Identifier: GPL-3.0-or-later
#include <insitecache/coherence/subscription.h>

#include <utility>

#include "coherence/eventdispatcher.h"

namespace insitecache {

Subscription::Subscription(Subscription &&other) noexcept : m_events(std::move(other.m_events)), m_id(other.m_id) {}

Subscription &Subscription::operator=(Subscription &&other) noexcept
{
    if (this != &other) {
        unsubscribe();
        m_events = std::move(other.m_events);
        m_id = other.m_id;
    }
    return *this;
}

void Subscription::unsubscribe()
{
    if (const auto events = std::exchange(m_events, nullptr))
        events->remove(m_id);
}

} // namespace insitecache
