// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <deque>
#include <vector>

#include <QUrlQuery>

#include "sources/http/transport.h"

namespace insitecache::test {

/// JSON written with single quotes, which C++ and moc read more easily.
inline QByteArray json(const char *text)
{
    return QByteArray(text).replace('\'', '"');
}

/// A transport whose answers a test writes down beforehand, each for requests whose path holds a text; answers of
/// one text are given in order, the last one for ever. It can hold answers back until release().
class ScriptedTransport final : public HttpTransport {
public:
    std::vector<HttpRequest> requests;
    bool holding = false;

    void answer(const QString &path, Result<HttpResponse> response) { rule(path).push_back(std::move(response)); }
    void answer(const QString &path, int status, const QByteArray &body,
        const QList<QPair<QByteArray, QByteArray>> &headers = {{"Content-Type", "application/json; charset=utf-8"}})
    {
        answer(path, HttpResponse{status, headers, body, {}});
    }
    void forget() { m_rules.clear(); }

    /// How often a path that holds the text was asked for.
    int count(const QString &path) const
    {
        return static_cast<int>(std::count_if(requests.begin(), requests.end(),
            [&](const HttpRequest &request) { return request.url.path().contains(path); }));
    }
    const HttpRequest &last(const QString &path) const
    {
        const auto found = std::find_if(requests.rbegin(), requests.rend(),
            [&](const HttpRequest &request) { return request.url.path().contains(path); });
        Q_ASSERT(found != requests.rend());
        return *found;
    }
    static QString queryItem(const HttpRequest &request, const QString &name)
    {
        return QUrlQuery(request.url).queryItemValue(name, QUrl::FullyDecoded);
    }
    static QByteArray header(const HttpRequest &request, const QByteArray &name)
    {
        return HttpResponse{0, request.headers, {}, {}}.header(name);
    }

    void release()
    {
        holding = false;
        while (!m_held.empty()) {
            auto next = std::move(m_held.front());
            m_held.pop_front();
            next.done(std::move(next.answer));
        }
    }
    std::size_t heldCount() const { return m_held.size(); }

    void send(const HttpRequest &request, Done done) override
    {
        if (m_closed)
            return done(fail(ErrorCode::Cancelled, "closed"));
        requests.push_back(request);
        Result<HttpResponse> answer = take(request);
        if (holding)
            m_held.push_back({std::move(answer), std::move(done)});
        else
            done(std::move(answer));
    }
    void close() override
    {
        m_closed = true;
        while (!m_held.empty()) {
            auto next = std::move(m_held.front());
            m_held.pop_front();
            next.done(fail(ErrorCode::Cancelled, "closed"));
        }
    }

private:
    struct Held {
        Result<HttpResponse> answer;
        Done done;
    };
    using Answers = std::deque<Result<HttpResponse>>;

    Answers &rule(const QString &path)
    {
        for (auto &[text, answers] : m_rules) {
            if (text == path)
                return answers;
        }
        return m_rules.emplace_back(path, Answers()).second;
    }
    Result<HttpResponse> take(const HttpRequest &request)
    {
        for (auto &[text, answers] : m_rules) {
            if (!request.url.path().contains(text))
                continue;
            Result<HttpResponse> answer = answers.front();
            if (answers.size() > 1)
                answers.pop_front();
            if (answer && answer->url.isEmpty())
                answer->url = request.url;
            return answer;
        }
        return fail(ErrorCode::Unavailable, "nothing is scripted for " + request.url.path().toStdString());
    }

    std::vector<std::pair<QString, Answers>> m_rules;
    std::deque<Held> m_held;
    bool m_closed = false;
};

} // namespace insitecache::test
