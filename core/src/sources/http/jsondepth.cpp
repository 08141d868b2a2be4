// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/http/jsondepth.h"

namespace insitecache {

bool isNestedDeeperThan(const QByteArray &json, int levels)
{
    int depth = 0;
    bool inString = false;
    bool escaped = false;
    for (const char c : json) {
        if (inString) {
            inString = escaped || c != '"';
            escaped = !escaped && c == '\\';
        } else if (c == '"') {
            inString = true;
        } else if ((c == '[' || c == '{') && ++depth > levels) {
            return true;
        } else if (c == ']' || c == '}') {
            --depth;
        }
    }
    return false;
}

} // namespace insitecache
