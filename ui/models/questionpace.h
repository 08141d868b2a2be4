// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>

#include <insitecache/base/clock.h>

namespace insitecache {

/// When a page asks the tiers again: every few seconds, rarer when an answer takes long, and never twice at a time.
/// GUI thread only.
class QuestionPace {
public:
    /// It is time again.
    bool isDue() const;
    /// To be asked now, or as soon as the running question is answered.
    void want() { m_wanted = true; }
    /// True: nothing is being asked, something is wanted, and the question begins.
    bool begin();
    /// The answer is there; what is done with it may take longer, until end().
    void answered() { m_lastTook = m_asked.elapsed(); }
    /// It was one that can be shown.
    void taken() { m_taken.start(); }
    void end() { m_asking = false; }

    bool isAsking() const { return m_asking; }
    bool hasTaken() const { return m_taken.isValid(); }
    /// How long ago the newest one that can be shown was there; 0: there was none.
    Millis age() const { return Millis(hasTaken() ? m_taken.elapsed() : 0); }

private:
    bool m_asking = false;
    bool m_wanted = false;
    QElapsedTimer m_asked; ///< since the running or last question
    QElapsedTimer m_taken;
    qint64 m_lastTook = 0; ///< ms
};

} // namespace insitecache
