// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/recorded/recordedtransport.h"

#include <optional>

#include "sources/recorded/recordingmatch.h"

namespace insitecache {

namespace {

HttpResponse madeUpAnswer(int status, const QByteArray &type, const QByteArray &body)
{
    HttpResponse response;
    response.status = status;
    response.headers = {{"content-type", type}};
    response.body = body;
    return response;
}

std::optional<HttpResponse> madeUpLogin(RecordedEndpoint endpoint)
{
    switch (endpoint) {
    case RecordedEndpoint::YahooCookie: {
        HttpResponse page = madeUpAnswer(404, "text/html", {});
        page.headers.emplace_back("set-cookie", "A3=recorded; Domain=.yahoo.com; Path=/; Secure; HttpOnly");
        return page;
    }
    case RecordedEndpoint::YahooCrumb: return madeUpAnswer(200, "text/plain", "recorded");
    case RecordedEndpoint::RedditToken:
        return madeUpAnswer(200, "application/json",
            R"({"access_token": "recorded", "token_type": "bearer", "expires_in": 3600, "scope": "*"})");
    default: return std::nullopt;
    }
}

} // namespace

void RecordedTransport::send(const HttpRequest &request, Done done)
{
    if (m_closed)
        return done(fail(ErrorCode::Cancelled, "the recordings are closed"));
    done(answer(request));
}

Result<HttpResponse> RecordedTransport::answer(const HttpRequest &request) const
{
    const RecordedTopic topic = RecordedTopic::of(request.verb, request.url);
    const Recording *recording = nearestRecording(m_recordings, topic, request.body);
    if (!recording) {
        auto login = madeUpLogin(topic.endpoint);
        if (!login)
            return fail(ErrorCode::NotFound,
                "there is no recording of " + request.url.toString(QUrl::RemoveQuery).left(200).toStdString()
                    + " for that request",
                "recordings know only what was asked when they were made");
        login->url = request.url;
        return *login;
    }
    auto body = recording->body();
    if (!body)
        return tl::unexpected(body.error());
    return HttpResponse{recording->status, recording->headers, std::move(*body), request.url};
}

} // namespace insitecache
