using MnfstRag.Admin.Data;
using MnfstRag.Admin.Live.Hosts;
using MnfstRag.Postgres.Connecting;

namespace MnfstRag.Admin.Live.Maintaining;

/// <summary>An environment and how it is reached for maintenance.</summary>
/// <param name="Environment">The environment.</param>
/// <param name="Url">Its maintain credential; null when it has none that can be used.</param>
/// <param name="Fault">Why not, and what mends it; null when it can.</param>
internal sealed record MaintainedEnvironment(WatchedEnvironment Environment, DatabaseUrl? Url, string? Fault)
{
    /// <summary>What switches maintenance on.</summary>
    public const string Grant = """
        CREATE ROLE mnfst_admin_maintain LOGIN PASSWORD 'choose-one';
        GRANT pg_signal_backend, pg_read_all_stats, pg_read_all_settings TO mnfst_admin_maintain;
        GRANT mnfst_user TO mnfst_admin_maintain;  -- the owner of the product's tables: only an owner creates and drops indexes
        """;

    /// <summary>The same with the primary as its only host; without an address, and with the words, while nothing may be written.</summary>
    public MaintainedEnvironment Toward(WriteStanding standing) =>
        Url is { } url && standing.Toward(url) is var target ? this with { Url = target.Url, Fault = target.Refusal } : this;

    /// <summary>Finds it. Only the maintain credential will do: none stands in for another.</summary>
    public static async Task<MaintainedEnvironment> OfAsync(IEnvironmentStore environments, WatchedEnvironment environment, CancellationToken cancellationToken)
    {
        if (!environment.Credentials.Contains(CredentialKind.Maintain) || await environments.CredentialAsync(environment.Id, CredentialKind.Maintain, cancellationToken) is not { } credential)
        {
            return new MaintainedEnvironment(
                environment,
                null,
                $"{environment.Name} has no maintain credential, and the watch credential never stands in for it. Create a role with the script and set Environments:{environment.Name}:Maintain to its DATABASE_URL.");
        }

        return DatabaseUrl.Parse(credential).Url is { } url
            ? new MaintainedEnvironment(environment, url, null)
            : new MaintainedEnvironment(environment, null, $"The maintain credential of {environment.Name} is no address of a PostgreSQL server. Check Environments:{environment.Name}:Maintain.");
    }
}
