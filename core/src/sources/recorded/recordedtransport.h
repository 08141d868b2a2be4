// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sources/http/transport.h"
#include "sources/recorded/recording.h"

namespace insitecache {

/// Answers requests from recordings, with their status and headers; never from the network. Where a login was not
/// recorded (Yahoo's cookie page nowhere, crumb and Reddit token not in every collection) it makes one up, of the
/// form that the provider documents: nothing in a login ends up in a value.
/// Errors: NotFound (no recording of that request), Io, TooLarge, Cancelled.
class RecordedTransport final : public HttpTransport {
public:
    explicit RecordedTransport(std::vector<Recording> recordings) : m_recordings(std::move(recordings)) {}

    void send(const HttpRequest &request, Done done) override;
    void close() override { m_closed = true; }

private:
    Result<HttpResponse> answer(const HttpRequest &request) const;

    std::vector<Recording> m_recordings;
    bool m_closed = false;
};

} // namespace insitecache
