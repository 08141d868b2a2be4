// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "sources/compositesource.h"
#include "support/scriptedsource.h"
#include "support/scriptedtransport.h"

using namespace insitecache;
using namespace insitecache::test;

namespace {

std::unique_ptr<ScriptedSource> sourceOf(const std::set<std::string, std::less<>> &types)
{
    auto source = std::make_unique<ScriptedSource>();
    source->types = types;
    return source;
}

std::vector<CacheKey> keys(const std::vector<std::string> &texts)
{
    std::vector<CacheKey> out;
    for (const std::string &text : texts)
        out.push_back(CacheKey::parse(text).value());
    return out;
}

} // namespace

class TestCompositeSource : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void eachPartIsAskedOnceAndTheOrderKept()
    {
        auto stocks = sourceOf({"stock"});
        auto moods = sourceOf({"sentiment"});
        stocks->answers = {{"stock:A", "a"}, {"stock:B", "b"}};
        moods->answers = {{"sentiment:A", "good"}};
        ScriptedSource *slow = stocks.get();
        slow->holding = true;
        std::vector<std::unique_ptr<Source>> parts;
        parts.push_back(std::move(stocks));
        parts.push_back(std::move(moods));
        CompositeSource composite(std::move(parts), std::make_shared<ScriptedTransport>());
        QVERIFY(composite.serves("stock") && composite.serves("sentiment") && !composite.serves("user"));

        std::vector<Fetched> got;
        composite.fetch(keys({"stock:B", "sentiment:A", "user:7", "stock:C", "stock:A"}),
            [&got](std::vector<Fetched> fetched) { got = std::move(fetched); });
        QVERIFY2(got.empty(), "the answer waits for the slowest part");
        slow->release();
        QCOMPARE(got.size(), 5u);
        QCOMPARE(*got[0].payload, std::string("b"));
        QCOMPARE(*got[1].payload, std::string("good"));
        QCOMPARE(got[2].payload.error().code, ErrorCode::Unconfigured);
        QCOMPARE(got[3].payload.error().code, ErrorCode::NotFound);
        QCOMPARE(*got[4].payload, std::string("a"));
        QCOMPARE(got[4].key.text(), std::string("stock:A"));
        QCOMPARE(slow->calls.size(), 1u);
    }

    void nothingAskedIsAnsweredAtOnce()
    {
        CompositeSource composite({}, std::make_shared<ScriptedTransport>());
        int answers = 0;
        composite.fetch({}, [&answers](const std::vector<Fetched> &fetched) { answers += fetched.empty() ? 1 : 100; });
        QCOMPARE(answers, 1);
    }
};

QTEST_APPLESS_MAIN(TestCompositeSource)
#include "tst_compositesource.moc"
