// SPDX-License-Identifier: GPL-3.0-or-later
#include <insitecache/sources/demoupstream.h>

#include <future>

#include <QThread>

#include "sources/demo/demoreddit.h"
#include "sources/demo/demox.h"
#include "sources/demo/demoyahoo.h"

namespace insitecache {

namespace {

/// The three providers and the world they share. Lives on the demo's thread.
struct DemoServers {
    DemoServers(const DemoMarket &market, const Clock &clock, DemoFaults &faults, std::uint64_t seed) :
        world{market, clock, faults, DemoNoise(seed).fork(1234)}, yahoo(world), reddit(world), x(world)
    {}

    DemoProvider::World world;
    DemoYahoo yahoo;
    DemoReddit reddit;
    DemoX x;
};

class DemoUpstreamThread final : public DemoUpstream {
public:
    DemoUpstreamThread(const DemoUpstreamOptions &options, const Clock &clock) :
        m_seed(options.seed), m_clock(clock), m_market(options.seed), m_faults(options.behaviour, options.seed)
    {
        m_thread.setObjectName(QStringLiteral("demo upstream"));
        m_worker.moveToThread(&m_thread);
        m_thread.start();
    }

    ~DemoUpstreamThread() override
    {
        QMetaObject::invokeMethod(
            &m_worker, [this] { m_servers.reset(); }, Qt::BlockingQueuedConnection);
        m_thread.quit();
        m_thread.wait();
    }

    Status listen()
    {
        std::promise<Status> listening;
        QMetaObject::invokeMethod(&m_worker, [&] { listening.set_value(listenHere()); });
        return listening.get_future().get();
    }

    UpstreamOptions upstreamOptions() const override { return m_options; }
    void setBehaviour(const DemoBehaviour &behaviour) override { m_faults.set(behaviour); }
    DemoBehaviour behaviour() const override { return m_faults.behaviour(); }

private:
    Status listenHere()
    {
        m_servers = std::make_unique<DemoServers>(m_market, m_clock, m_faults, m_seed);
        for (const auto &[provider, url] :
            std::initializer_list<std::pair<DemoProvider *, QUrl *>>{{&m_servers->yahoo, &m_options.yahooUrl},
                {&m_servers->reddit, &m_options.redditUrl}, {&m_servers->x, &m_options.xUrl}}) {
            const auto port = provider->listen();
            if (!port)
                return tl::unexpected(port.error());
            *url = QUrl(QStringLiteral("http://127.0.0.1:%1").arg(*port));
        }
        m_options.yahooCookieUrl = m_options.yahooUrl;
        m_options.redditAuthUrl = m_options.redditUrl;
        m_options.redditClientId = m_servers->reddit.clientId();
        m_options.redditClientSecret = m_servers->reddit.clientSecret();
        m_options.xBearerToken = m_servers->x.bearerToken();
        return {};
    }

    std::uint64_t m_seed;
    const Clock &m_clock;
    DemoMarket m_market;
    DemoFaults m_faults;
    UpstreamOptions m_options; ///< written before listen() returns, then only read
    std::unique_ptr<DemoServers> m_servers;
    QObject m_worker; ///< what is invoked on it runs on the demo's thread
    QThread m_thread;
};

} // namespace

Result<std::unique_ptr<DemoUpstream>> DemoUpstream::start(const DemoUpstreamOptions &options, const Clock &clock)
{
    auto upstream = std::make_unique<DemoUpstreamThread>(options, clock);
    if (Status ok = upstream->listen(); !ok)
        return tl::unexpected(ok.error());
    return upstream;
}

} // namespace insitecache
