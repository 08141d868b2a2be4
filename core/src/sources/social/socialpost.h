// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include <QDateTime>
#include <QString>
#include <QStringList>

namespace insitecache {

/// What one person wrote, stripped to what sentiment needs. Every number is 0 when the provider did not tell it.
struct SocialPost {
    QString id;   ///< as text: both providers' ids are larger than a double can hold
    QString text; ///< plain text, HTML entities undone; a title and its body are two paragraphs
    std::optional<QDateTime> created;
    QStringList cashtags;  ///< upper case, without `$`, as the provider marked them
    long long likes = 0;   ///< Reddit: score, may be negative
    long long replies = 0; ///< comments
    long long shares = 0;  ///< reposts and quotes
};

/// One page of an answer.
struct SocialPage {
    std::vector<SocialPost> posts;
    QString next;          ///< asks for the page after this one; empty at the end
    int partialErrors = 0; ///< parts that the provider left out beside what it gave
};

} // namespace insitecache
