// SPDX-License-Identifier: GPL-3.0-or-later
// Embeds the core as the README shows: a source of its own, two runs over one database.
#include "everyheader.h"

#include <cstdio>

#include <QCborValue>
#include <QCoreApplication>

namespace {

/// Answers every key with the number 42.
class FortyTwo final : public insitecache::Source {
public:
    bool serves(std::string_view type) const override { return type == "answer"; }
    void fetch(std::vector<insitecache::CacheKey> keys, Done done) override
    {
        std::vector<insitecache::Fetched> out;
        for (auto &key : keys)
            out.push_back({std::move(key), QCborValue(42).toCbor().toStdString(), "consumer"});
        done(std::move(out));
    }
    std::vector<insitecache::SourceStatus> status() const override { return {}; }
    void close() override {}
};

insitecache::EngineOptions optionsFor(const char *databaseFile)
{
    insitecache::EngineOptions options;
    options.database.emplace();
    options.database->url = std::string("sqlite:") + databaseFile;
    options.sources.push_back(
        []() -> insitecache::Result<std::unique_ptr<insitecache::Source>> { return std::make_unique<FortyTwo>(); });
    return options;
}

bool printAnswer(insitecache::Engine &engine)
{
    const auto key = insitecache::CacheKey::parse("answer:everything").value();
    const insitecache::Lookup answer = engine.lookup({key}).result().at(0);
    if (!answer.hasValue())
        return false;
    const QCborValue value = QCborValue::fromCbor(QByteArray::fromStdString(std::string(answer.entry->payload())));
    const std::string stage(insitecache::stageName(answer.answeredBy));
    std::printf("%s: %lld\n", stage.c_str(), static_cast<long long>(value.toInteger()));
    return true;
}

/// Looks the key up `times` times in an engine of its own.
bool run(const char *databaseFile, int times)
{
    auto engine = insitecache::Engine::start(optionsFor(databaseFile));
    if (!engine) {
        std::fprintf(stderr, "%s\n", engine.error().toString().c_str());
        return false;
    }
    for (int i = 0; i < times; ++i) {
        if (!printAnswer(**engine))
            return false;
    }
    return true;
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    return argc == 2 && run(argv[1], 2) && run(argv[1], 1) ? 0 : 1;
}
