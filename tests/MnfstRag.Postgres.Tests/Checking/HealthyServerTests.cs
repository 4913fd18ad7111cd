using MnfstRag.Postgres.Checking;
using MnfstRag.Testing;
using Npgsql;

namespace MnfstRag.Postgres.Tests.Checking;

/// <summary>A server that has nothing wrong: every check says so, or says what the role may not see.</summary>
public sealed class HealthyServerTests
{
    /// <summary>What a bare role cannot see while another role's sessions are there.</summary>
    private static readonly string[] HiddenFromBare = ["pool", "long-transactions", "idle-in-transaction", "pending-restart", "migrations", "sequences"];

    [Theory, ClassData(typeof(VersionsAndRoles))]
    public async Task Each_check_is_right_on_each_version_for_each_role(int major, string role)
    {
        var server = await PostgresServers.GetAsync(major);
        await using var database = await server.CreateDatabaseAsync();
        await database.ExecuteAsync("""
            CREATE EXTENSION pg_stat_statements;
            CREATE TABLE alembic_version (version_num varchar(32) NOT NULL);
            INSERT INTO alembic_version VALUES ('abc123');
            CREATE TABLE counted (id serial PRIMARY KEY);
            """);
        await using var backend = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database.ConnectionString) { ApplicationName = "mnfst-rag-backend", Pooling = false }.ConnectionString);
        await backend.OpenAsync();

        var report = await Diagnosis.OfAsync(await VersionsAndRoles.AddressAsync(database, role));

        Assert.Equal(HealthChecks.Names, report.Results.Select(result => result.Name));
        foreach (var result in report.Results)
        {
            Given.Is(Expected(result.Name, major, role), result.Outcome);
            Assert.True(result.Outcome.Evidence.Length > 0, result.Name);
        }

        Assert.Equal($"{server.Host}:{server.Port}/{database.Name}", report.Server);
    }

    private static Verdict Expected(string name, int major, string role) => name switch
    {
        "fence" or "audit-chain" or "vault" => Verdict.Skipped,

        // The shared server's counters belong to whichever tests ran before, and its lifetime to the calendar.
        "version" when major == 14 => Verdict.Warning,
        "privileges" when role == VersionsAndRoles.Bare => Verdict.Warning,
        "sequences" when role == VersionsAndRoles.Monitor => Verdict.Skipped,
        "migrations" when role == VersionsAndRoles.Monitor => Verdict.Skipped,
        _ when role == VersionsAndRoles.Bare && HiddenFromBare.Contains(name) => Verdict.Skipped,
        _ => Verdict.Ok,
    };
}
