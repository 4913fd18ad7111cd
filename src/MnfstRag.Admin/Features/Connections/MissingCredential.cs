using MnfstRag.Postgres.Signalling;

namespace MnfstRag.Admin.Features.Connections;

/// <summary>What is said where an environment has no maintain credential that could be used.</summary>
internal static class MissingCredential
{
    /// <summary>The report, with the script that would switch the capability on.</summary>
    public static SignalReport Report(string environment, bool set) => new(
        SignalOutcome.NotSent,
        null,
        set
            ? $"Nothing was sent: the maintain credential of {environment} is no address of a PostgreSQL server. Check Environments:{environment}:Maintain."
            : $"Nothing was sent: {environment} has no maintain credential, and the watch credential never stands in for it. Create a role with the script and set Environments:{environment}:Maintain to its DATABASE_URL.",
        """
        CREATE ROLE mnfst_admin_maintain LOGIN PASSWORD 'choose-one';
        GRANT pg_signal_backend, pg_read_all_stats TO mnfst_admin_maintain;
        """);
}
