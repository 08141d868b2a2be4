// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/command.h"

#include <algorithm>
#include <limits>

namespace insitecache {

namespace {

constexpr std::size_t anyNumber = std::numeric_limits<std::size_t>::max();

std::vector<OptionSpec> lookupOptions()
{
    return {{"bypass", 0, "", "ask the source even if a tier has a fresh copy"},
        {"no-stale", 0, "", "answer an error rather than an expired copy"}};
}

std::vector<OptionSpec> historyOptions()
{
    std::vector<OptionSpec> options = lookupOptions();
    options.push_back({"range", 0, "SPAN", "1d 5d 1mo (default) 3mo 6mo 1y 2y 5y 10y ytd max"});
    options.push_back({"interval", 0, "STEP", "1m 2m 5m 15m 30m 60m 90m 1h 1d (default) 5d 1wk 1mo 3mo"});
    return options;
}

std::vector<OptionSpec> entriesOptions()
{
    return {{"pattern", 0, "GLOB", "keys that match: * any run, ? one character, [a-z] one of a set"},
        {"type", 0, "T", "keys of one type"}, {"limit", 0, "N", "at most N rows, 1000 by default"}};
}

std::vector<OptionSpec> invalidateOptions()
{
    return {{"key", 0, "K", "one key; may be given several times"}, {"pattern", 0, "GLOB", "keys that match"},
        {"type", 0, "T", "all keys of one type"}, {"all", 0, "", "every key of this upstream"},
        {"tier", 0, "L1,L2,L3", "only at these tiers"},
        {"expire", 0, "", "end the fresh life, keep the copy for when the source fails"},
        {"reason", 0, "TEXT", "for the log"}, {"dry-run", 'n', "", "say what would go, change nothing"},
        {"force", 0, "", "do not ask, also for many keys"},
        {"dependents", 0, "", "with everything that was made from it"},
        {"after", 0, "TIME", "not now but in 30s, 5m, …"},
        {"at", 0, "TIME", "not now but at 15:30, 15:30:05 (today) or 2026-11-25T09:00"}};
}

std::vector<OptionSpec> benchOptions()
{
    return {{"threads", 0, "N", "concurrent readers, 1 by default"},
        {"zipf", 0, "S", "skew of the keys, 1.0 by default, 0 is uniform"},
        {"keys", 0, "N", "distinct keys, 10000 by default"},
        {"value-bytes", 0, "N", "bytes of each value, 256 by default"},
        {"seconds", 0, "N", "how long to measure, 3 by default"}};
}

std::vector<OptionSpec> replayOptions()
{
    return {{"entries", 0, "N", "size of the cache"},
        {"policy", 0, "NAME", "what goes when it is full: adaptive (default), lru, s3fifo, wtinylfu, arc"},
        {"threads", 0, "N", "concurrent readers, 1 by default"}};
}

std::vector<OptionSpec> verifyOptions()
{
    return {{"processes", 0, "N", "how many share the tiers, 4 by default"},
        {"seconds", 0, "N", "how long they work, 10 by default"},
        {"seed", 0, "N", "of chance, to see the same run again"},
        {"bound", 0, "TIME", "how late another process may hear, 50ms by default, 1500ms without Redis"},
        {"faults", 0, "LIST", "some of redis-kill,redis-stop,link-cut, at random moments"}};
}

constexpr std::string_view getHelp
    = "Several keys are one batch: one round trip per tier, and only what is missing goes on to the source.\n"
      "Exit 0 when every key has a value (a tier that is down is a warning), 1 when one does not exist or fails,\n"
      "4 when a value could not be had because its source cannot be reached.\n"
      "One call of this program has no L1 of an earlier call, and no L2 unless --redis (or the environment or the\n"
      "file) names one; L3 is shared by all calls.\n";

constexpr std::string_view replayHelp
    = "A trace has one key a line, of any text, and may be packed with gzip. It runs once through an empty L1 that is\n"
      "bounded by the number of its entries alone; a miss stores an empty value that never expires. Nothing else is\n"
      "touched.\n";

constexpr std::string_view verifyHelp
    = "Starts a Redis and a database of its own, and processes that read, change and invalidate the same keys as fast "
      "as\nthey can. Every read is checked against the truth: nothing invented, nothing older than an invalidation "
      "that "
      "was\nacknowledged, and at the end no old copy in any tier. Named with --redis or --database, yours are used, in "
      "a "
      "space\nof the run's own. Exit 0 when everything held, 1 when not.\n";

constexpr std::string_view policiesHelp
    = "Fields: ttl stale negative-ttl (30s, 5m, …), jitter (0 … 0.5), refresh-ahead (a share of the ttl, 0 is\n"
      "never), tiers (some of L1,L2,L3), write (through, around, behind), l1-bytes (64MiB: what no other type pushes\n"
      "out of L1; 0: nothing of its own; unused it is lent). What set changes is kept in policies.toml\n"
      "beside the configuration file and holds above it, in every profile; unset takes it back. In the configuration\n"
      "file the same is [policy.stock] ttl = \"300s\". The copies of a type that leaves a tier are removed there:\n"
      "exit 4 when it could not be reached. A dashboard that runs follows at once; other programs keep\n"
      "their policies until they are started again.\n";

std::vector<Command> makeCommands()
{
    return {
        {"get", "KEY…", "look up keys: stock:AAPL search:apple sentiment:AAPL trending:US user:42", getHelp,
            lookupOptions(), 1, anyNumber, runGet},
        {"history", "SYMBOL", "price bars of a symbol", {}, historyOptions(), 1, 1, runHistory},
        {"search", "QUERY", "symbols whose name or code matches", {}, lookupOptions(), 1, anyNumber, runSearch},
        {"sentiment", "SYMBOL", "what Reddit and X say, −1 … +1", {}, lookupOptions(), 1, 1, runSentiment},
        {"trending", "[REGION]", "what is looked at, US by default", {}, lookupOptions(), 0, 1, runTrending},
        {"put", "user:ID JSON", "store a user's preferences",
            "Preferences have no upstream: the database is their home, and --database none refuses them.\n", {}, 2, 2,
            runPut},
        {"entries", "", "list what the tiers keep",
            "One call of this program has an empty L1. Exit 4 when a tier did not answer: its copies are missing "
            "then.\n",
            entriesOptions(), 0, 0, runEntries},
        {"invalidate", "", "remove copies from the tiers",
            "Names exactly one of --key, --pattern, --type, --all. More than one key needs a yes at the terminal, or\n"
            "--force. With --after or --at it is put off: see schedule. Exit 4 when a tier could not be reached: its "
            "copies may still be there.\n",
            invalidateOptions(), 0, 0, runInvalidate},
        {"schedule", "list | cancel ID", "invalidations to come (invalidate --at)",
            "They lie in the database: whichever program runs on it when they are due carries them out, or the next "
            "one\n"
            "that starts.\n",
            {}, 1, 2, runSchedule},
        {"depends", "add PARENT CHILD | remove PARENT CHILD | show KEY", "which key was made from which",
            "A value knows what it was made from: a search result, a sentiment and a trending list fall with the "
            "quotes\n"
            "they show, when one of these is invalidated with --dependents. What is added by hand stays until "
            "removed.\n",
            {{"depth", 0, "N", "how many edges away show looks, 10 by default"}}, 1, 3, runDepends},
        {"stats", "", "counters, latencies and what the tiers hold",
            "Lookups are counted per process, so one call shows its own (none); entries and bytes are the tiers' "
            "own.\n",
            {}, 0, 0, runStats},
        {"policies", "[set TYPE FIELD=VALUE… | unset TYPE]", "how long each type lives and where", policiesHelp, {}, 0,
            anyNumber, runPolicies},
        {"doctor", "", "check settings, tiers and sources",
            "Asks every named part once, the source included. Exit 4 when one cannot be reached, 1 for other faults.\n",
            {}, 0, 0, runDoctor},
        {"serve", "", "HTTP gateway", {}, {{"listen", 0, "ADDRESS", "where"}}, 0, 0},
        {"replay", "TRACE", "see what share of a trace L1 would answer", replayHelp, replayOptions(), 1, 1, runReplay},
        {"bench", "l1|l2|l3|tiered", "measure a tier, or all of them together",
            "l2 measures the Redis named by --redis, or a private one; l3 a database of its own in the directory for\n"
            "temporary files. Everything written is removed again. tiered keeps a quarter of the keys in L1.\n"
            "bytesPerEntry is what a key costs beyond its 20 bytes and its value: memory by which the process grew "
            "(l1),\n"
            "memory that L1 reckons with (tiered), used memory of Redis (l2), bytes of the file (l3). With less than\n"
            "10,000 keys it says little.\n",
            benchOptions(), 1, 1, runBench},
        {"verify", "", "see whether several processes agree", verifyHelp, verifyOptions(), 0, 3, runVerify},
    };
}

std::string helpLine(const Command &command)
{
    std::string left = "  " + std::string(command.name);
    if (!command.synopsis.empty())
        left += ' ' + std::string(command.synopsis);
    const int width = displayWidth(left);
    left += std::string(static_cast<std::size_t>(std::max(2, 32 - width)), ' ');
    return left + std::string(command.summary) + (command.run ? "\n" : " (not in this version)\n");
}

} // namespace

const std::vector<Command> &commandTable()
{
    static const std::vector<Command> commands = makeCommands();
    return commands;
}

const Command *findCommand(std::string_view name)
{
    const std::vector<Command> &commands = commandTable();
    const auto found
        = std::find_if(commands.begin(), commands.end(), [&](const Command &command) { return command.name == name; });
    return found == commands.end() ? nullptr : &*found;
}

std::string programHelp()
{
    std::string text = "Usage: insitecache [options] COMMAND …\n\n"
                       "One cache over memory, Redis and a database between you and Yahoo Finance, Reddit and X.\n\n"
                       "Commands:\n";
    for (const Command &command : commandTable())
        text += helpLine(command);
    return text + "\nOptions:\n" + optionHelp(settingSpecs(Program::CommandLine))
        + "\nExit: 0 ok, 1 failed, 2 usage, 3 objective breached, 4 a named tier or source cannot be reached,\n"
          "5 refused (read-only). See insitecache COMMAND --help, and insitecache help settings.\n";
}

std::string commandHelp(const Command &command)
{
    std::string text = "Usage: insitecache " + std::string(command.name);
    if (!command.synopsis.empty())
        text += ' ' + std::string(command.synopsis);
    text += " [options]\n\n" + std::string(command.summary) + (command.run ? "" : " (not available in this version)")
        + "\n";
    if (!command.options.empty())
        text += "\nOptions:\n" + optionHelp(command.options);
    if (!command.help.empty())
        text += '\n' + std::string(command.help);
    return text + "\nCommon options: insitecache --help\n";
}

} // namespace insitecache
