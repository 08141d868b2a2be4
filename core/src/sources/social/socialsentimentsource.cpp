// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/social/socialsentimentsource.h"

#include <algorithm>
#include <iterator>

#include "sources/social/sentimentaggregate.h"

namespace insitecache {

namespace {

constexpr std::size_t symbolsAtATime = 4;

/// Lower is more useful to whoever reads the message.
int usefulness(ErrorCode code)
{
    constexpr ErrorCode order[] = {ErrorCode::Cancelled, ErrorCode::Unauthorized, ErrorCode::RateLimited,
        ErrorCode::Timeout, ErrorCode::Unavailable, ErrorCode::UpstreamError, ErrorCode::Redirected,
        ErrorCode::TooLarge, ErrorCode::BadResponse, ErrorCode::InvalidArgument};
    return static_cast<int>(std::find(std::begin(order), std::end(order), code) - std::begin(order));
}

/// The error of two; who failed less usefully is still named.
Error moreUseful(const Error &reddit, const Error &x)
{
    if (reddit.code == ErrorCode::Unconfigured && x.code == ErrorCode::Unconfigured)
        return {ErrorCode::Unconfigured, "neither Reddit nor X is configured",
            "set a Reddit client id and secret or an X bearer token, or start with --demo"};
    if (reddit.code == ErrorCode::Unconfigured)
        return x;
    if (x.code == ErrorCode::Unconfigured)
        return reddit;
    const bool redditFirst = usefulness(reddit.code) <= usefulness(x.code);
    Error chosen = redditFirst ? reddit : x;
    chosen.message += redditFirst ? " (and X: " : " (and Reddit: ";
    chosen.message += std::string(errorCodeName((redditFirst ? x : reddit).code)) + ")";
    return chosen;
}

} // namespace

/// What is being found out about one symbol.
struct SocialSentimentSource::Question {
    CacheKey key;
    SymbolMatcher symbol;
    Answer answer;
    Posts reddit{}, x{};
    int open = 2;
};

/// Many keys, a few at a time, answered in order. Answers may come before ask() returns, hence the loop.
class SocialSentimentSource::Batch : public std::enable_shared_from_this<Batch> {
public:
    Batch(SocialSentimentSource &source, std::vector<CacheKey> keys, Done done) :
        m_source(source), m_keys(std::move(keys)), m_done(std::move(done))
    {
        for (const CacheKey &key : m_keys)
            m_fetched.push_back({key, fail(ErrorCode::Internal, "not asked yet"), {}});
    }

    void pump()
    {
        if (m_pumping)
            return;
        m_pumping = true;
        while (m_next < m_keys.size() && m_underWay < symbolsAtATime)
            askNext();
        m_pumping = false;
        if (m_next == m_keys.size() && m_underWay == 0 && !std::exchange(m_finished, true))
            m_done(std::move(m_fetched));
    }

private:
    void askNext()
    {
        const std::size_t place = m_next++;
        ++m_underWay;
        m_source.ask(m_keys[place], [self = shared_from_this(), place](Fetched fetched) {
            self->m_fetched[place] = std::move(fetched);
            --self->m_underWay;
            self->pump();
        });
    }

    SocialSentimentSource &m_source;
    std::vector<CacheKey> m_keys;
    std::vector<Fetched> m_fetched;
    Done m_done;
    std::size_t m_next = 0, m_underWay = 0;
    bool m_pumping = false, m_finished = false;
};

SocialSentimentSource::SocialSentimentSource(
    const UpstreamOptions &options, std::shared_ptr<HttpTransport> transport, const Clock &clock, NamesOf namesOf) :
    m_transport(std::move(transport)),
    m_reddit(std::make_shared<RedditClient>(options, m_transport, clock)),
    m_x(std::make_shared<XClient>(options, m_transport, clock)), m_namesOf(std::move(namesOf))
{}

void SocialSentimentSource::fetch(std::vector<CacheKey> keys, Done done)
{
    std::make_shared<Batch>(*this, std::move(keys), std::move(done))->pump();
}

void SocialSentimentSource::ask(const CacheKey &key, Answer answer)
{
    const QString text = QString::fromStdString(key.identity()).toUpper();
    auto symbol = SymbolMatcher::make(text, m_namesOf(text));
    if (!symbol)
        return answer({key, tl::unexpected(symbol.error()), {}});
    auto question = std::make_shared<Question>(Question{key, std::move(*symbol), std::move(answer)});
    const auto arrived = [this, question](Posts Question::*place, Posts posts) {
        (*question).*place = std::move(posts);
        if (--question->open == 0)
            question->answer(joined(*question));
    };
    m_reddit->search(
        question->symbol.redditQuery(), [arrived](Posts posts) { arrived(&Question::reddit, std::move(posts)); });
    m_x->search(question->symbol.xQuery(), question->symbol.xKeywordQuery(),
        [arrived](Posts posts) { arrived(&Question::x, std::move(posts)); });
}

Fetched SocialSentimentSource::joined(const Question &question) const
{
    const Posts &reddit = question.reddit;
    const Posts &x = question.x;
    if (!reddit && !x)
        return {question.key, tl::unexpected(moreUseful(reddit.error(), x.error())), {}};
    const std::vector<SocialPost> none;
    const Sentiment sentiment = aggregateSentiment(question.symbol, m_scorer, reddit ? *reddit : none, x ? *x : none);
    return {question.key, sentiment.toCbor().toCbor().toStdString(), !x ? "reddit" : !reddit ? "x" : "reddit+x"};
}

std::vector<SourceStatus> SocialSentimentSource::status() const
{
    return {m_reddit->status(), m_x->status()};
}

std::vector<ProviderCalls> SocialSentimentSource::callsFor(std::string_view type) const
{
    std::vector<ProviderCalls> calls;
    if (!serves(type))
        return calls;
    for (const SourceStatus &provider : status()) {
        if (provider.configured)
            calls.push_back({provider.name, 1});
    }
    return calls;
}

void SocialSentimentSource::close()
{
    m_reddit->close();
    m_x->close();
    m_transport->close();
}

} // namespace insitecache
