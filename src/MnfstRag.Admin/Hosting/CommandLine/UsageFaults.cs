using System.CommandLine;
using System.CommandLine.Parsing;

namespace MnfstRag.Admin.Hosting.CommandLine;

/// <summary>What is wrong with a command line, in words that never repeat a value: it may be a password.</summary>
internal static class UsageFaults
{
    /// <summary>One sentence a fault, and where the help is.</summary>
    public static string Words(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var unknown = parsed.UnmatchedTokens.Select(token => token.StartsWith('-')
            ? $"{command.Name} has no option {TerminalText.Plain(token.Split('=', ':')[0])}."
            : $"{command.Name} takes no argument of that kind; write it behind its option's name.");
        var wrong = parsed.Errors.Select(error => error.SymbolResult).OfType<OptionResult>()
            .Select(result => $"{result.Option.Name} lacks its value, has more than one, or has one that it cannot use.");
        var options = string.Join(", ", command.Options.Select(option => option.Name));
        return string.Join(" ", unknown.Concat(wrong).Distinct(StringComparer.Ordinal).Append($"Options: {options}. See {command.Name} --help."));
    }
}
