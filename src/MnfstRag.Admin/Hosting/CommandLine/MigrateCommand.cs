using System.CommandLine;
using MnfstRag.Admin.Data;

namespace MnfstRag.Admin.Hosting.CommandLine;

/// <summary><c>migrate</c>: brings the dashboard's own store to this version.</summary>
internal static class MigrateCommand
{
    /// <summary>The command.</summary>
    public static Command Create(ITerminal terminal) => new Command(
        "migrate",
        "Prepares or updates the dashboard's own store (ConnectionStrings:Admin, with the owner in ConnectionStrings:AdminMigrator). The dashboard does the same at start; this is for those who want it done before. It waits for another instance that is doing it. Exit code: 0 done, 64 wrong usage or settings, 70 the store cannot be used.")
        .Over(terminal, async (services, _, cancellationToken) =>
        {
            var applied = await services.GetRequiredService<StoreMigrator>().MigrateAsync(cancellationToken);
            terminal.Line(applied == 0 ? "The store was up to date." : $"The store is up to date; {applied} migrations were applied.");
            return ExitCodes.Success;
        });
}
