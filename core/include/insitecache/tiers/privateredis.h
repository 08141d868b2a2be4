// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>

#include <insitecache/base/error.h>

namespace insitecache {

/// A redis-server of our own on a unix socket, for a program to which nobody named a Redis. It listens on no port,
/// saves nothing, and ends with this object (also when this process is killed). Never a server that others started.
/// Threads: start() blocks up to 3 s and may run anywhere; the object belongs to no thread.
class PrivateRedis {
public:
    /// `directory` must exist and be private; socket and log go there. `maxMemoryBytes` 0: no limit.
    /// Errors: Unconfigured (no redis-server installed: says how to install it), Unavailable (it ended or does not
    /// answer; the message carries the last line of its log).
    static Result<std::unique_ptr<PrivateRedis>> start(const std::string &directory, unsigned long long maxMemoryBytes);
    virtual ~PrivateRedis() = default;

    /// "unix:/path/of/the/socket"
    virtual std::string url() const = 0;
    /// For whoever stops it on purpose, to see what happens then.
    virtual int processId() const = 0;
};

} // namespace insitecache
