using System.Diagnostics;
using MnfstRag.Postgres.Checking;
using MnfstRag.Postgres.Embedded;
using MnfstRag.Testing;
using Npgsql;

namespace MnfstRag.Postgres.Tests.Checking;

/// <summary>A real standby: a cold copy of a data directory with <c>standby.signal</c>, streaming from its primary.</summary>
public sealed class StandbyTests
{
    [Theory, ClassData(typeof(PostgresVersions))]
    public async Task Both_ends_of_replication_are_told(int major)
    {
        await using var primary = await PostgresServer.StartOwnAsync(major);
        var bare = await primary.CreateRoleAsync();
        var monitor = await primary.CreateRoleAsync("pg_monitor");
        await using var standby = await CopyAsync(primary);
        await WaitAsync(primary.ConnectionString(), "SELECT count(*) = 1 FROM pg_stat_replication WHERE state = 'streaming' AND replay_lsn = pg_current_wal_lsn()");

        foreach (var address in new[] { primary.ConnectionString(), primary.ConnectionString("postgres", monitor) })
        {
            Given.Is(Verdict.Ok, await Diagnosis.OneAsync(address, "replication"), "Standby the-standby is streaming");
        }

        Given.Is(Verdict.Skipped, await Diagnosis.OneAsync(primary.ConnectionString("postgres", bare), "replication"), "hidden", "GRANT pg_monitor");
        foreach (var address in new[] { standby.ConnectionString("postgres"), standby.ConnectionString("postgres", monitor.Name, monitor.Password), standby.ConnectionString("postgres", bare.Name, bare.Password) })
        {
            var report = await Diagnosis.OfAsync(address, "sign-in", "replication", "statistics", "checkpoints", "pool", "sequences", "wraparound", "slots");
            Given.Is(Verdict.Ok, report.Of("sign-in"), "It is a standby.");
            Given.Is(Verdict.Ok, report.Of("replication"), "A standby");
            Given.Is(Verdict.Skipped, report.Of("statistics"), "primary");
            Given.Is(Verdict.Skipped, report.Of("checkpoints"), "primary");
            Assert.All(new[] { "pool", "sequences", "wraparound", "slots" }, name => Given.Is(Verdict.Ok, report.Of(name)));
        }

        await PauseAndFallBehindAsync(primary, standby);
        Given.Is(Verdict.Warning, await Diagnosis.OneAsync(standby.ConnectionString("postgres"), "replication"), "replay is paused", "pg_wal_replay_resume");
        Given.Is(Verdict.Warning, await Diagnosis.OneAsync(primary.ConnectionString(), "replication"), "Standby the-standby is streaming", "MB");

        await primary.StopAsync(StopMode.Immediate);
        await WaitAsync(standby.ConnectionString("postgres"), "SELECT count(*) = 0 FROM pg_stat_wal_receiver");
        Given.Is(Verdict.Failing, await Diagnosis.OneAsync(standby.ConnectionString("postgres", bare.Name, bare.Password), "replication"), "No receiver is connected");
    }

    private static async Task<EmbeddedServer> CopyAsync(PostgresServer primary)
    {
        await primary.StopAsync(StopMode.Fast);
        var directory = TestHome.NewDataDirectory("standby");
        await CopyAsync(primary.DataDirectory, directory);
        await CopyAsync($"{primary.DataDirectory}.password", $"{directory}.password");
        await CopyAsync(Path.Combine(directory, "PG_VERSION"), Path.Combine(directory, "standby.signal"));
        await primary.RestartAsync();
        var source = new NpgsqlConnectionStringBuilder(primary.ConnectionString());
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["fsync"] = "off",
            ["shared_buffers"] = "32MB",
            ["shared_preload_libraries"] = "pg_stat_statements",
            ["wal_receiver_status_interval"] = "1s",
            ["primary_conninfo"] = $"host=127.0.0.1 port={source.Port} user={source.Username} password={source.Password} application_name=the-standby",
        };
        return await EmbeddedServer.StartAsync(new EmbeddedServerOptions { Major = primary.Major, DataDirectory = directory, Settings = settings }, progress: null, CancellationToken.None);
    }

    private static async Task PauseAndFallBehindAsync(PostgresServer primary, EmbeddedServer standby)
    {
        await using var paused = new NpgsqlConnection(standby.ConnectionString("postgres"));
        await paused.OpenAsync();
        await using var pause = new NpgsqlCommand("SELECT pg_wal_replay_pause()", paused);
        await pause.ExecuteNonQueryAsync();
        await WaitAsync(standby.ConnectionString("postgres"), "SELECT pg_get_wal_replay_pause_state() = 'paused'");

        // About 75 MB of log: between the limit of a warning and that of a failure.
        await primary.ExecuteAsync("CREATE TABLE bulk AS SELECT generate_series(1, 700000) AS id, repeat('x', 50) AS text");
        await WaitAsync(primary.ConnectionString(), "SELECT pg_wal_lsn_diff(flush_lsn, replay_lsn) > 55e6 FROM pg_stat_replication");
    }

    // cp keeps the owner: the server's account, which is not ours when we are root.
    private static async Task CopyAsync(string from, string to)
    {
        using var copy = Process.Start("cp", ["-a", from, to]);
        await copy.WaitForExitAsync();
        Assert.Equal(0, copy.ExitCode);
    }

    private static async Task WaitAsync(string address, string question)
    {
        await using var connection = new NpgsqlConnection(address + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(question, connection);
        await Wait.UntilAsync(async over => await command.ExecuteScalarAsync(over) is true, TimeSpan.FromSeconds(60));
    }
}
