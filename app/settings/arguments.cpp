// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings/arguments.h"

#include <algorithm>
#include <numeric>

#include "settings/printable.h"

namespace insitecache {

namespace {

std::size_t argumentsDistance(std::string_view a, std::string_view b)
{
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = std::exchange(row[0], i);
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t changed = diagonal + (a[i - 1] != b[j - 1]);
            diagonal = row[j];
            row[j] = std::min({changed, row[j] + 1, row[j - 1] + 1});
        }
    }
    return row.back();
}

class ArgumentsParser {
public:
    ArgumentsParser(const std::vector<std::string> &words, Program program, const CommandSet *commands) :
        m_words(words), m_settings(settingSpecs(program)), m_commands(commands)
    {}

    Result<Arguments> parse()
    {
        while (m_next < m_words.size()) {
            const std::string &word = m_words[m_next++];
            if (Status ok = take(word); !ok)
                return tl::unexpected(ok.error());
        }
        m_out.help = m_out.has("help");
        m_out.version = m_out.has("version");
        return std::move(m_out);
    }

private:
    Status take(const std::string &word)
    {
        if (m_onlyOperands || word.size() < 2 || word[0] != '-')
            return takeOperand(word);
        if (word == "--") {
            m_onlyOperands = true;
            return {};
        }
        return word[1] == '-' ? takeLong(word) : takeLetters(word);
    }

    Status takeOperand(const std::string &word)
    {
        if (!m_commands || !m_out.command.empty()) {
            m_out.operands.push_back(word);
            return {};
        }
        m_commandOptions = m_commands->optionsOf(word);
        if (!m_commandOptions) {
            const std::string near = nearestWord(word, m_commands->names);
            return fail(ErrorCode::InvalidArgument, "there is no command " + inQuotes(word),
                near.empty() ? "see --help" : "did you mean " + near + '?');
        }
        m_out.command = word;
        return {};
    }

    Status takeLong(const std::string &word)
    {
        const std::size_t equals = word.find('=');
        const std::string name = word.substr(2, equals == std::string::npos ? equals : equals - 2);
        const OptionSpec *spec = find([&](const OptionSpec &known) { return known.name == name; });
        if (!spec)
            return unknownOption("--" + name, name);
        if (equals == std::string::npos)
            return spec->valueName.empty() ? add(*spec, {}) : takeValue(*spec);
        if (spec->valueName.empty())
            return fail(ErrorCode::InvalidArgument, "--" + name + " takes no value", "write only --" + name);
        return add(*spec, word.substr(equals + 1));
    }

    Status takeLetters(const std::string &word)
    {
        for (std::size_t i = 1; i < word.size(); ++i) {
            const OptionSpec *spec = find([&](const OptionSpec &known) { return known.letter == word[i]; });
            if (!spec)
                return unknownOption(std::string("-") + word[i], {});
            if (!spec->valueName.empty())
                return i + 1 < word.size() ? add(*spec, word.substr(i + 1)) : takeValue(*spec);
            if (Status ok = add(*spec, {}); !ok)
                return ok;
        }
        return {};
    }

    Status takeValue(const OptionSpec &spec)
    {
        if (m_next >= m_words.size())
            return fail(ErrorCode::InvalidArgument, "--" + std::string(spec.name) + " needs a value",
                "write --" + std::string(spec.name) + ' ' + std::string(spec.valueName));
        return add(spec, m_words[m_next++]);
    }

    Status add(const OptionSpec &spec, std::string value)
    {
        if (!spec.valueName.empty() && value.empty())
            return fail(ErrorCode::InvalidArgument, "--" + std::string(spec.name) + " has an empty value",
                "write --" + std::string(spec.name) + ' ' + std::string(spec.valueName));
        m_out.options.push_back({std::string(spec.name), std::move(value)});
        return {};
    }

    template <class Predicate>
    const OptionSpec *find(Predicate matches) const
    {
        for (const std::vector<OptionSpec> *specs : {m_commandOptions, &m_settings}) {
            if (!specs)
                continue;
            const auto found = std::find_if(specs->begin(), specs->end(),
                [&](const OptionSpec &spec) { return !spec.help.empty() && matches(spec); });
            if (found != specs->end())
                return &*found;
        }
        return nullptr;
    }

    Status unknownOption(const std::string &shown, const std::string &name) const
    {
        const auto secret = std::find_if(m_settings.begin(), m_settings.end(),
            [&](const OptionSpec &spec) { return spec.help.empty() && spec.name == name; });
        if (secret != m_settings.end()) {
            const std::string where = secret->environment.empty() ? std::string() : std::string(secret->environment);
            return fail(ErrorCode::InvalidArgument, shown + " is not a command line option",
                (where.empty() ? "set " : "set " + where + " or ") + std::string(secret->fileKey)
                    + " in the configuration file");
        }
        std::vector<std::string_view> known;
        for (const std::vector<OptionSpec> *specs : {m_commandOptions, &m_settings}) {
            for (std::size_t i = 0; specs && i < specs->size(); ++i) {
                if (!(*specs)[i].help.empty())
                    known.push_back((*specs)[i].name);
            }
        }
        const std::string near = nearestWord(name, known);
        const std::string forWhom = m_out.command.empty() ? "" : " for " + m_out.command;
        return fail(ErrorCode::InvalidArgument, "unknown option " + inQuotes(shown) + forWhom,
            near.empty() ? "see --help" : "did you mean --" + near + "?");
    }

    const std::vector<std::string> &m_words;
    const std::vector<OptionSpec> &m_settings;
    const CommandSet *m_commands;
    const std::vector<OptionSpec> *m_commandOptions = nullptr;
    std::size_t m_next = 0;
    bool m_onlyOperands = false;
    Arguments m_out;
};

} // namespace

bool Arguments::has(std::string_view name) const
{
    return count(name) > 0;
}

const std::string *Arguments::value(std::string_view name) const
{
    const auto found
        = std::find_if(options.rbegin(), options.rend(), [&](const Given &given) { return given.name == name; });
    return found == options.rend() ? nullptr : &found->value;
}

int Arguments::count(std::string_view name) const
{
    return static_cast<int>(
        std::count_if(options.begin(), options.end(), [&](const Given &given) { return given.name == name; }));
}

Result<Arguments> parseArguments(const std::vector<std::string> &words, Program program, const CommandSet *commands)
{
    return ArgumentsParser(words, program, commands).parse();
}

std::string nearestWord(std::string_view word, const std::vector<std::string_view> &known)
{
    std::string best;
    std::size_t bestDistance = word.size() / 3 + 2;
    for (const std::string_view candidate : known) {
        const std::size_t distance = argumentsDistance(word.substr(0, 64), candidate);
        if (distance < bestDistance) {
            bestDistance = distance;
            best = candidate;
        }
    }
    return best;
}

} // namespace insitecache
