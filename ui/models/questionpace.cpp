// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/questionpace.h"

#include <algorithm>

namespace insitecache {

namespace {

constexpr qint64 shortestPauseMs = 5000;
// Answering may take at most a tenth of the time.
constexpr qint64 pausePerAnswer = 10;

} // namespace

bool QuestionPace::isDue() const
{
    const qint64 pause = std::max(shortestPauseMs, m_lastTook * pausePerAnswer);
    return !m_asked.isValid() || m_asked.elapsed() >= pause;
}

bool QuestionPace::begin()
{
    if (m_asking || !m_wanted)
        return false;
    m_asking = true;
    m_wanted = false;
    m_asked.start();
    return true;
}

} // namespace insitecache
