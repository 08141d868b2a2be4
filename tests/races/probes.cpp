// SPDX-License-Identifier: GPL-3.0-or-later
#include "races/probes.h"

#include <algorithm>
#include <condition_variable>
#include <cstdlib>
#include <mutex>
#include <string_view>
#include <vector>

#include <QtGlobal>

#include <poll.h>

#include "base/probe.h"

// A library's resources are there only once somebody has asked for them; outside any namespace, as Qt wants it.
static bool loadProbedResources()
{
    Q_INIT_RESOURCE(probed);
    return true;
}

namespace insitecache {

namespace test {

struct SyncGate::Gate {
    std::thread::id thread;
    std::string_view name;
    int place;
    bool reached = false, open = false;
};

/// All gates, and what their changes are told with.
struct SyncGates {
    std::mutex mutex;
    std::condition_variable changed;
    std::vector<std::shared_ptr<SyncGate::Gate>> gates;

    static SyncGates &instance()
    {
        static SyncGates all;
        return all;
    }

    void pass(std::string_view name, int place)
    {
        std::unique_lock lock(mutex);
        const auto here = std::find_if(gates.begin(), gates.end(), [&](const auto &gate) {
            return !gate->reached && gate->thread == std::this_thread::get_id() && gate->name == name
                && gate->place == place;
        });
        if (here == gates.end())
            return;
        const std::shared_ptr<SyncGate::Gate> gate = *here;
        gate->reached = true;
        changed.notify_all();
        changed.wait(lock, [&] { return gate->open; });
    }
};

/// Where threads stay for a while.
struct Dwellings {
    struct Dwelling {
        std::string_view name;
        int place, every, milliseconds;
        int passed = 0;
    };
    std::mutex mutex;
    std::vector<Dwelling> all;

    static Dwellings &instance()
    {
        static Dwellings dwellings;
        return dwellings;
    }

    void pass(std::string_view name, int place)
    {
        int time = 0;
        {
            const std::lock_guard lock(mutex);
            for (Dwelling &here : all)
                time += here.name == name && here.place == place && ++here.passed % here.every == 0 ? here.milliseconds
                                                                                                    : 0;
        }
        if (time > 0)
            ::poll(nullptr, 0, time);
    }
};

void dwellAt(const char *name, Stage stage, int every, int milliseconds)
{
    Dwellings &dwellings = Dwellings::instance();
    const std::lock_guard lock(dwellings.mutex);
    dwellings.all.push_back({name, static_cast<int>(stage), every, milliseconds});
}

SyncGate::SyncGate(std::thread::id thread, const char *name, Stage stage) :
    m_gate(std::make_shared<Gate>(Gate{thread, name, static_cast<int>(stage)}))
{
    SyncGates &all = SyncGates::instance();
    const std::lock_guard lock(all.mutex);
    all.gates.push_back(m_gate);
}

SyncGate::~SyncGate()
{
    open();
}

bool SyncGate::isReached() const
{
    SyncGates &all = SyncGates::instance();
    std::unique_lock lock(all.mutex);
    return all.changed.wait_for(lock, std::chrono::seconds(20), [this] { return m_gate->reached; });
}

void SyncGate::open()
{
    SyncGates &all = SyncGates::instance();
    const std::lock_guard lock(all.mutex);
    m_gate->open = true;
    std::erase(all.gates, m_gate);
    all.changed.notify_all();
}

} // namespace test

void syncPoint(const char *name, int place)
{
    test::SyncGates::instance().pass(name, place);
    test::Dwellings::instance().pass(name, place);
}

bool isOn(Protection protection)
{
    static const bool loaded = loadProbedResources();
    static const std::string_view without = [] {
        const char *text = std::getenv("INSITECACHE_WITHOUT");
        return std::string_view(text ? text : "");
    }();
    switch (protection) {
    case Protection::Tick: return without != "tick";
    case Protection::Lease: return without != "lease";
    case Protection::Order: return without != "order";
    case Protection::GapFlush: return without != "gapFlush";
    case Protection::Outbox: return without != "outbox";
    case Protection::Checksum: return without != "checksum";
    }
    return loaded;
}

} // namespace insitecache
