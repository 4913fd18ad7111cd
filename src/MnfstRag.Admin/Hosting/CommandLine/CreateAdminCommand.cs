using System.CommandLine;
using MnfstRag.Admin.Access.Accounts;
using MnfstRag.Admin.Data;

namespace MnfstRag.Admin.Hosting.CommandLine;

/// <summary><c>create-admin</c>: the first administrator, or a further one when nobody can sign in any more.</summary>
internal static class CreateAdminCommand
{
    private static readonly Option<string> Name = new("--name")
    {
        Description = "Name to sign in with.",
        HelpName = "name",
        Required = true,
    };

    /// <summary>The command.</summary>
    public static Command Create(ITerminal terminal) => new Command(
        "create-admin",
        "Makes an administrator in the dashboard's own store. The password is one line of standard input, never an argument, because arguments can be read by other users of this machine: create-admin --name ada < password.txt. The store is migrated first when it needs it. Exit code: 0 made, 64 wrong usage, a name that is taken or a password that is too weak, 70 the store cannot be used.")
    {
        Name,
    }.Over(terminal, async (services, parsed, cancellationToken) =>
    {
        if (terminal.ShowsProgress)
        {
            terminal.Progress("Password: ");
        }

        if (terminal.ReadLine() is not { Length: > 0 } password)
        {
            terminal.Error("No password came on standard input. Write it as one line: create-admin --name NAME < password.txt");
            return ExitCodes.Usage;
        }

        await services.GetRequiredService<StoreMigrator>().MigrateAsync(cancellationToken);
        var name = parsed.GetRequiredValue(Name);
        var result = await services.GetRequiredService<AccountService>().CreateAdministratorAsync(name, password, oneTime: false, cancellationToken);
        if (result.Fault is { } fault)
        {
            terminal.Error(fault);
            return ExitCodes.Usage;
        }

        terminal.Line($"{name} is an administrator now.");
        return ExitCodes.Success;
    });
}
