using MnfstRag.Postgres.Connecting;
using MnfstRag.Testing;

namespace MnfstRag.Postgres.Tests.Connecting;

public sealed class CapabilitiesReaderTests
{
    [Theory, ClassData(typeof(VersionsAndRoles))]
    public async Task It_says_what_the_server_is_and_what_the_role_may(int major, WatchingRole kind)
    {
        await using var watched = await Watched.StartAsync(major, kind);
        var asker = await watched.OpenAsWatcherAsync();

        var found = await watched.ReadAsync(CapabilitiesReader.Instance);
        var reading = await watched.Reader.ReadAsync([], CancellationToken.None);

        Assert.Equal(major, found.Major);
        Assert.Equal(await asker.AskAsync<string>("SHOW server_version"), found.Version);
        Assert.Equal((watched.Database.Name, watched.Role?.Name ?? "postgres"), (found.Database, found.Role));
        Assert.Equal(
            (kind == WatchingRole.Superuser, kind != WatchingRole.Bare, kind != WatchingRole.Bare, kind == WatchingRole.Superuser),
            (found.IsSuperuser, found.ReadsAllStats, found.ReadsAllSettings, found.SignalsBackends));
        Assert.Equal((false, false, true, 1024), (found.InRecovery, found.TransactionPooler, found.TrackActivities, found.TrackActivityQuerySize));
        Assert.Equal(await asker.AskAsync<string>("SELECT extversion FROM pg_extension WHERE extname = 'plpgsql'"), found.Extensions["plpgsql"]);
        Assert.Equal(new DateTimeOffset(await asker.AskAsync<DateTime>("SELECT pg_postmaster_start_time()")), found.PostmasterStart);
        Assert.Equal(await watched.Database.ScalarAsync<string>("SELECT system_identifier::text FROM pg_control_system()"), reading.Capabilities!.SystemIdentifier);
    }

    [Theory, ClassData(typeof(PostgresVersions))]
    public async Task A_role_has_what_it_inherits_and_not_what_it_must_set(int major)
    {
        var server = await PostgresServers.GetAsync(major);
        var signaller = await server.CreateRoleAsync("pg_signal_backend", "pg_read_all_stats");
        await using var database = await server.CreateDatabaseAsync();
        await server.ExecuteAsync($"ALTER ROLE \"{signaller.Name}\" NOINHERIT");
        if (major >= 16)
        {
            await server.ExecuteAsync($"GRANT pg_signal_backend, pg_read_all_stats TO \"{signaller.Name}\" WITH INHERIT FALSE");
        }

        await using var reader = new Postgres.Watching.ServerReader(
            DatabaseUrl.Parse(database.ConnectionStringFor(signaller)).Url!, new() { Budget = TimeSpan.FromSeconds(20) }, TimeProvider.System);
        var reading = await reader.ReadAsync([], CancellationToken.None);

        Assert.Equal((false, false), (reading.Capabilities!.SignalsBackends, reading.Capabilities.ReadsAllStats));
    }

    [Fact]
    public async Task What_changes_is_seen_on_a_connection_that_lasts()
    {
        var server = await PostgresServers.GetAsync();
        await using var database = await server.CreateDatabaseAsync();
        await using var reader = new Postgres.Watching.ServerReader(
            DatabaseUrl.Parse(database.ConnectionString).Url!, new() { CapabilitiesAge = TimeSpan.Zero, Budget = TimeSpan.FromSeconds(20) }, TimeProvider.System);
        var before = await reader.ReadAsync([], CancellationToken.None);
        await database.ExecuteAsync("CREATE EXTENSION pg_stat_statements");

        var after = await reader.ReadAsync([], CancellationToken.None);

        Assert.False(before.Capabilities!.Extensions.ContainsKey("pg_stat_statements"));
        Assert.True(after.Capabilities!.Extensions.ContainsKey("pg_stat_statements"));
        Assert.False(after.Connected);
        Assert.Equal(before.Capabilities.SystemIdentifier, after.Capabilities.SystemIdentifier);
    }
}
