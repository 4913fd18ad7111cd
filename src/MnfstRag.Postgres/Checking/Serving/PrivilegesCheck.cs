using MnfstRag.Postgres.Connecting;

namespace MnfstRag.Postgres.Checking;

/// <summary>May the role see what the other checks judge?</summary>
internal sealed class PrivilegesCheck : ICheck
{
    public string Name => "privileges";

    public string Title => "The role sees what it must";

    public string? Needs => CheckNames.SignIn;

    public Task<CheckOutcome> RunAsync(CheckContext context, CancellationToken cancellationToken) => Task.FromResult(Judge(context.Server));

    /// <summary>The rule.</summary>
    public static CheckOutcome Judge(Capabilities server)
    {
        if (server.IsSuperuser)
        {
            return CheckOutcome.Ok($"{server.Role} is a superuser: it sees everything, and row level security does not bind it. For watching, pg_monitor is enough.");
        }

        var missing = new List<string>();
        if (!server.ReadsAllStats)
        {
            missing.Add("other roles' sessions (pg_read_all_stats)");
        }

        if (!server.ReadsAllSettings)
        {
            missing.Add("settings kept for superusers (pg_read_all_settings)");
        }

        return missing.Count == 0
            ? CheckOutcome.Ok($"{server.Role} reads all statistics and settings, and is no superuser.")
            : CheckOutcome.Warning($"Hidden from {server.Role}: {string.Join("; ", missing)}. What is hidden is not judged.", Grants.Monitor(server));
    }
}
