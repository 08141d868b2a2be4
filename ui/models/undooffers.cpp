// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/undooffers.h"

namespace insitecache {

int UndoOffers::Offer::secondsLeft(SteadyTime now) const
{
    return static_cast<int>(std::chrono::ceil<std::chrono::seconds>(until - now).count());
}

void UndoOffers::add(std::uint64_t id, const QString &what, std::uint64_t keys, SteadyTime now)
{
    m_offers.push_back({id, what, keys, now + life});
}

const UndoOffers::Offer *UndoOffers::newest(SteadyTime now)
{
    while (!m_offers.empty() && m_offers.front().until <= now)
        m_offers.pop_front();
    return m_offers.empty() ? nullptr : &m_offers.back();
}

void UndoOffers::drop(std::uint64_t id)
{
    std::erase_if(m_offers, [id](const Offer &offer) { return offer.id == id; });
}

} // namespace insitecache
