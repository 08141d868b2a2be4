// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QTest>

#include <deque>
#include <map>
#include <optional>

#include <insitecache/base/random.h>

#include "cli/tracefile.h"
#include "eviction/arcpolicy.h"
#include "eviction/lrupolicy.h"
#include "eviction/s3fifopolicy.h"
#include "eviction/wtinylfupolicy.h"
#include "support/policycache.h"
#include "support/shareddata.h"

using namespace insitecache;
using namespace insitecache::test;

namespace {

using Number = std::uint32_t;
using Queue = std::deque<Number>; // newest first

bool holds(const Queue &queue, Number number)
{
    return std::find(queue.begin(), queue.end(), number) != queue.end();
}
bool drop(Queue &queue, Number number)
{
    return std::erase(queue, number) > 0;
}
Number popOldest(Queue &queue)
{
    const Number oldest = queue.back();
    queue.pop_back();
    return oldest;
}

/// The models are the papers' pseudocode over plain queues: evict first, insert then, all entries alike.
class LruModel {
public:
    explicit LruModel(std::size_t capacity) : m_capacity(capacity) {}

    bool has(Number number) const { return holds(m_queue, number); }
    void remove(Number number) { drop(m_queue, number); }
    bool request(Number number)
    {
        const bool hit = drop(m_queue, number);
        if (!hit && m_queue.size() == m_capacity)
            m_queue.pop_back();
        m_queue.push_front(number);
        return hit;
    }

private:
    std::size_t m_capacity;
    Queue m_queue;
};

class S3FifoModel {
public:
    explicit S3FifoModel(std::size_t capacity) : m_capacity(capacity) {}

    bool has(Number number) const { return holds(m_small, number) || holds(m_main, number); }
    void remove(Number number)
    {
        drop(m_small, number);
        drop(m_main, number);
    }
    bool request(Number number)
    {
        if (has(number)) {
            m_hits[number] = std::min(3, m_hits[number] + 1);
            return true;
        }
        const auto ghost = std::find(m_ghosts.begin(), m_ghosts.end(), number);
        const bool wasGhost = ghost != m_ghosts.end();
        if (wasGhost)
            *ghost = nobody; // its place ages on
        if (m_small.size() + m_main.size() == m_capacity)
            evict();
        m_hits[number] = 0;
        (wasGhost ? m_main : m_small).push_front(number);
        return false;
    }

private:
    void evict()
    {
        for (;;) {
            const bool fromSmall = m_main.empty() || (!m_small.empty() && m_small.size() >= m_capacity / 10);
            const Number oldest = popOldest(fromSmall ? m_small : m_main);
            const int hits = std::exchange(m_hits[oldest], 0);
            if (fromSmall ? hits <= 1 : hits == 0) {
                if (fromSmall)
                    remember(oldest);
                return;
            }
            m_main.push_front(oldest);
            m_hits[oldest] = fromSmall ? 0 : hits - 1;
        }
    }
    void remember(Number number)
    {
        m_ghosts.push_front(number);
        if (m_ghosts.size() > m_capacity * 9 / 10)
            m_ghosts.pop_back();
    }

    static constexpr Number nobody = ~Number(0);
    std::size_t m_capacity;
    Queue m_small, m_main, m_ghosts;
    std::map<Number, int> m_hits;
};

class ArcModel {
public:
    explicit ArcModel(std::size_t capacity) : m_capacity(capacity) {}

    bool has(Number number) const { return holds(m_t1, number) || holds(m_t2, number); }
    void remove(Number number)
    {
        drop(m_t1, number);
        drop(m_t2, number);
    }
    bool request(Number number)
    {
        const double c = double(m_capacity), b1 = double(m_b1.size()), b2 = double(m_b2.size());
        if (drop(m_t1, number) || drop(m_t2, number)) {
            m_t2.push_front(number);
            return true;
        }
        if (drop(m_b1, number)) {
            m_p = std::min(c, m_p + std::max(b2 / b1, 1.0));
            replace(false);
            m_t2.push_front(number);
        } else if (drop(m_b2, number)) {
            m_p = std::max(0.0, m_p - std::max(b1 / b2, 1.0));
            replace(true);
            m_t2.push_front(number);
        } else {
            makeRoom();
            m_t1.push_front(number);
        }
        return false;
    }

private:
    void makeRoom()
    {
        if (m_t1.size() + m_t2.size() < m_capacity)
            return;
        if (m_t1.size() == m_capacity) {
            m_b1.clear();
            m_t1.pop_back();
            return;
        }
        // More than one only after removals.
        while (m_t1.size() + m_b1.size() >= m_capacity && !m_b1.empty())
            m_b1.pop_back();
        while (m_t1.size() + m_b1.size() + m_t2.size() + m_b2.size() >= 2 * m_capacity)
            m_b2.pop_back();
        replace(false);
    }
    void replace(bool isOfB2)
    {
        if (m_t1.size() + m_t2.size() < m_capacity)
            return;
        const double length = double(m_t1.size());
        if (m_t2.empty() || (length >= 1 && (length > m_p || (isOfB2 && length == m_p))))
            m_b1.push_front(popOldest(m_t1));
        else
            m_b2.push_front(popOldest(m_t2));
    }

    std::size_t m_capacity;
    Queue m_t1, m_t2, m_b1, m_b2;
    double m_p = 0;
};

class WTinyLfuModel {
public:
    explicit WTinyLfuModel(std::size_t capacity) : m_capacity(capacity) {}

    bool has(Number number) const
    {
        return holds(m_window, number) || holds(m_probation, number) || holds(m_protected, number);
    }
    void remove(Number number)
    {
        drop(m_window, number);
        drop(m_probation, number);
        drop(m_protected, number);
    }
    bool request(Number number)
    {
        const bool hit = has(number);
        if (!hit)
            m_sketch.reserve(size() + 1);
        m_sketch.add(ArrayNodes::hashOf(number + 1));
        if (drop(m_window, number) || !hit) {
            m_window.push_front(number);
        } else {
            remove(number);
            m_protected.push_front(number);
            while (m_protected.size() > (size() - size() / 100) * 4 / 5)
                m_probation.push_front(popOldest(m_protected));
        }
        if (!hit)
            makeRoom();
        return hit;
    }

private:
    std::size_t size() const { return m_window.size() + m_probation.size() + m_protected.size(); }
    unsigned uses(Number number) const { return m_sketch.estimate(ArrayNodes::hashOf(number + 1)); }
    void makeRoom()
    {
        std::optional<Number> candidate;
        while (m_window.size() > std::max<std::size_t>(1, size() / 100)) {
            candidate = popOldest(m_window);
            m_probation.push_front(*candidate);
        }
        if (size() <= m_capacity)
            return;
        std::optional<Number> victim;
        if (!m_probation.empty() && m_probation.back() != candidate)
            victim = m_probation.back();
        else if (!m_protected.empty())
            victim = m_protected.back();
        if (!victim)
            remove(candidate ? *candidate : m_window.back());
        else
            remove(candidate && uses(*candidate) <= uses(*victim) ? *candidate : *victim);
    }

    std::size_t m_capacity;
    Queue m_window, m_probation, m_protected;
    FrequencySketch m_sketch;
};

/// Requests as caches see them: some numbers again and again, one scan after the other, all shifting with time.
class RequestSource {
public:
    explicit RequestSource(std::uint64_t seed) : m_random(Random::seeded(seed)) {}

    static constexpr Number numbers = 600;
    Number next()
    {
        ++m_time;
        const double kind = m_random->unit();
        if (kind < 0.6)
            return Number(std::uint64_t(m_random->unit() * m_random->unit() * 150) + m_time / 400) % numbers;
        return kind < 0.8 ? Number(m_time) % numbers : below(numbers);
    }
    Number below(Number limit) { return Number(m_random->unit() * limit); }
    bool chance(double share) { return m_random->unit() < share; }

private:
    std::unique_ptr<Random> m_random;
    std::uint64_t m_time = 0;
};

template <template <class> class Policy, class Model>
void compare(std::size_t capacity, Number numbers, double removals)
{
    RequestSource source(capacity);
    PolicyCache<Policy> cache(capacity, RequestSource::numbers);
    Model model(capacity);
    for (int step = 0; step < 1'500; ++step) {
        if (source.chance(removals)) {
            const Number gone = source.below(RequestSource::numbers);
            cache.remove(gone);
            model.remove(gone);
        }
        const Number number = source.next() % numbers;
        QVERIFY2(cache.request(number) == model.request(number),
            qPrintable(QStringLiteral("capacity %1 of %2, step %3").arg(capacity).arg(numbers).arg(step)));
        if (step % 50 != 0)
            continue;
        for (Number any = 0; any < RequestSource::numbers; ++any)
            QCOMPARE(cache.has(any), model.has(any));
    }
}

template <template <class> class Policy, class Model>
void compareAtSizes()
{
    for (const std::size_t capacity : {1u, 2u, 3u, 7u, 10u, 40u, 100u, 250u, 398u}) {
        for (const double removals : {0.0, 0.02, 0.3}) {
            // Among few numbers most of those that are not there are ghosts.
            compare<Policy, Model>(capacity, RequestSource::numbers, removals);
            compare<Policy, Model>(capacity, Number(capacity + capacity / 2 + 2), removals);
            if (QTest::currentTestFailed())
                return;
        }
    }
}

/// Entries of unlike weight never exceed the budget, and whoever came last is there when `keepsNewest`.
template <template <class> class Policy>
void keepWithinWeight(bool keepsNewest)
{
    RequestSource source(7);
    PolicyCache<Policy> cache(5000, RequestSource::numbers);
    for (int step = 0; step < 20'000; ++step) {
        const Number number = source.next();
        cache.request(number, 1 + number % 5 * 40);
        QVERIFY(cache.weight() <= 5000);
        QVERIFY(!keepsNewest || cache.has(number));
        if (source.chance(0.02))
            cache.remove(source.below(RequestSource::numbers));
    }
    // All of them can be taken out again, each once.
    std::size_t left = 0;
    for (Number any = 0; any < RequestSource::numbers; ++any)
        left += cache.has(any);
    QVERIFY(left > 10);
    for (; left > 0; --left)
        QVERIFY(cache.policy().evict() != 0);
    QCOMPARE(cache.policy().evict(), NodeId(0));
}

template <template <class> class Policy>
double hitRatio(const TraceFile &trace, std::size_t entries)
{
    PolicyCache<Policy> cache(entries, trace.keys.size());
    std::size_t hits = 0;
    for (const std::uint32_t key : trace.requests)
        hits += cache.request(key);
    return double(hits) / double(trace.requests.size());
}

/// What others measured: a ratio for each trace, size and policy.
double measuredRatio(const QString &folder, const QString &trace, std::size_t entries, const QString &policy)
{
    QFile file(folder + QStringLiteral("/hitratios.csv"));
    const QString row = QStringLiteral("%1,%2,%3,").arg(trace).arg(entries).arg(policy);
    if (!file.open(QIODevice::ReadOnly))
        return -1;
    for (const QByteArray &line : file.readAll().split('\n')) {
        const QString text = QString::fromLatin1(line);
        if (text.startsWith(row))
            return text.mid(row.size()).toDouble();
    }
    return -1;
}

} // namespace

class TestComparisonPolicies : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void lruIsAsItsModel() { compareAtSizes<LruPolicy, LruModel>(); }
    void s3FifoIsAsItsModel() { compareAtSizes<S3FifoPolicy, S3FifoModel>(); }
    void arcIsAsItsModel() { compareAtSizes<ArcPolicy, ArcModel>(); }
    void wTinyLfuIsAsItsModel() { compareAtSizes<WTinyLfuPolicy, WTinyLfuModel>(); }

    void weightIsTheBudget()
    {
        keepWithinWeight<LruPolicy>(true);
        keepWithinWeight<S3FifoPolicy>(true);
        keepWithinWeight<ArcPolicy>(true);
        keepWithinWeight<WTinyLfuPolicy>(true);
    }

    void ratiosAreAsMeasuredElsewhere_data()
    {
        QTest::addColumn<QString>("trace");
        QTest::addColumn<std::size_t>("entries");
        const auto row = [](const char *trace, std::size_t entries) {
            QTest::addRow("%s %zu", trace, entries) << QString::fromLatin1(trace) << entries;
        };
        row("lirs-2pools", 99);
        row("lirs-2pools", 994);
        row("lirs-2pools", 1988);
        row("lirs-multi2", 57);
        row("lirs-multi2", 568);
        row("lirs-multi2", 1137);
        row("lirs-sprite", 71);
        row("lirs-sprite", 708);
        row("lirs-sprite", 1415);
    }

    void ratiosAreAsMeasuredElsewhere()
    {
        QFETCH(QString, trace);
        QFETCH(std::size_t, entries);
        const QString folder = sharedData(QStringLiteral("traces"));
        if (folder.isEmpty())
            QSKIP("no traces there; INSITECACHE_SHARED_DATA names the folder that holds them");
        const auto file
            = TraceFile::read((folder + QLatin1Char('/') + trace + QStringLiteral(".txt.gz")).toStdString());
        QVERIFY2(file, file ? "" : file.error().toString().c_str());
        const auto measured = [&](const char *policy) {
            return measuredRatio(folder + QStringLiteral("/.."), trace, entries, QString::fromLatin1(policy));
        };
        const double lru = hitRatio<LruPolicy>(*file, entries);
        const double arc = hitRatio<ArcPolicy>(*file, entries);
        const double s3Fifo = hitRatio<S3FifoPolicy>(*file, entries);
        qInfo("LRU %.4f (%.4f), ARC %.4f (%.4f), S3-FIFO %.4f (%.4f), W-TinyLFU %.4f (%.4f)", lru, measured("LRU"), arc,
            measured("ARC"), s3Fifo, measured("S3-FIFO"), hitRatio<WTinyLfuPolicy>(*file, entries),
            measured("W-TinyLFU"));
        QCOMPARE(QString::number(lru, 'f', 4), QString::number(measured("LRU"), 'f', 4));
        QVERIFY(std::abs(arc - measured("ARC")) <= 0.01);
        QVERIFY(std::abs(s3Fifo - measured("S3-FIFO")) <= 0.01);
    }
};

QTEST_GUILESS_MAIN(TestComparisonPolicies)
#include "tst_comparisonpolicies.moc"
