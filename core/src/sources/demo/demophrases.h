// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

#include <QStringView>

namespace insitecache {

enum class DemoMood { Negative, Neutral, Positive };

/// What people of the demo write. `{s}` stands for the cashtag or name, `{n}` for the name, `{p}` for the price,
/// `{c}` for the change of the day.
struct DemoPhrase {
    QStringView title; ///< all of a short post
    QStringView body;  ///< what a long post goes on with; may be empty
};

std::span<const DemoPhrase> demoPhrases(DemoMood mood, bool korean);

} // namespace insitecache
