using System.CommandLine;
using System.CommandLine.Parsing;

namespace MnfstRag.Admin.Hosting.CommandLine;

/// <summary>The program's commands. Without one it runs the dashboard.</summary>
public static class AdminCommandLine
{
    /// <summary>Runs the command that <paramref name="args"/> name.</summary>
    /// <param name="args">The command line: settings of the dashboard (<c>--urls=…</c>) are no command.</param>
    /// <param name="terminal">Where commands write.</param>
    /// <param name="cancellationToken">Ends the command.</param>
    /// <returns>The exit code; null when no command was named, and the dashboard is to run.</returns>
    public static async Task<int?> TryRunAsync(string[] args, ITerminal terminal, CancellationToken cancellationToken)
    {
        var root = Create(terminal);
        if (args is not [var first, ..] || IsSetting(first))
        {
            return null;
        }

        if (!IsHelp(first) && root.Subcommands.All(command => command.Name != first))
        {
            // A mistyped command must not start the dashboard in its place.
            terminal.Error($"There is no command {TerminalText.Plain(first)}. There are: {string.Join(", ", root.Subcommands.Select(command => command.Name))}. See --help.");
            return ExitCodes.Usage;
        }

        // '@' begins a password more often than the name of a file with arguments.
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
        {
            terminal.Error(UsageFaults.Words(parsed));
            return ExitCodes.Usage;
        }

        using var output = new TerminalWriter(terminal);
        return await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = output, EnableDefaultExceptionHandler = false }, cancellationToken);
    }

    private static RootCommand Create(ITerminal terminal) => TeachingHelp.Teach(new("MnfstRag.Admin: the control room of MNFST-RAG's PostgreSQL tier. Without a command it runs the dashboard.")
    {
        DiagnoseCommand.Create(terminal, TimeProvider.System, Environment.GetEnvironmentVariable),
        ValidateCommand.Create(terminal, TimeProvider.System),
        CreateAdminCommand.Create(terminal),
        MigrateCommand.Create(terminal),
        VerifyAuditCommand.Create(terminal),
    });

    /// <summary>A setting as the configuration reads it: <c>--urls=…</c>, <c>--urls …</c>, <c>/urls=…</c>, <c>urls=…</c>.</summary>
    private static bool IsSetting(string first) => !IsHelp(first) && (first.StartsWith('-') || first.StartsWith('/') || first.Contains('='));

    private static bool IsHelp(string first) => first is "--help" or "-h" or "-?" or "--version";
}
