using MnfstRag.Postgres.Checking;
using MnfstRag.Postgres.Embedded;
using MnfstRag.Testing;

namespace MnfstRag.Postgres.Tests.Checking;

public sealed class StandbyTests
{
    [Theory, ClassData(typeof(PostgresVersions))]
    public async Task Both_ends_of_replication_are_told(int major)
    {
        await using var primary = await PostgresServer.StartOwnAsync(major);
        var bare = await primary.CreateRoleAsync();
        var monitor = await primary.CreateRoleAsync("pg_monitor");
        await using var standby = await Standby.StartAsync(primary);

        foreach (var address in new[] { primary.ConnectionString(), primary.ConnectionString("postgres", monitor) })
        {
            Given.Is(Verdict.Ok, await Diagnosis.OneAsync(address, "replication"), "Standby the-standby is streaming");
        }

        Given.Is(Verdict.Skipped, await Diagnosis.OneAsync(primary.ConnectionString("postgres", bare), "replication"), "hidden", "GRANT pg_monitor");
        foreach (var address in new[] { standby.ConnectionString(), standby.ConnectionString("postgres", monitor), standby.ConnectionString("postgres", bare) })
        {
            var report = await Diagnosis.OfAsync(address, "sign-in", "replication", "statistics", "checkpoints", "pool", "sequences", "wraparound", "slots");
            Given.Is(Verdict.Ok, report.Of("sign-in"), "It is a standby.");
            Given.Is(Verdict.Ok, report.Of("replication"), "A standby");
            Given.Is(Verdict.Skipped, report.Of("statistics"), "primary");
            Given.Is(Verdict.Skipped, report.Of("checkpoints"), "primary");
            Assert.All(new[] { "pool", "sequences", "wraparound", "slots" }, name => Given.Is(Verdict.Ok, report.Of(name)));
        }

        await PauseAndFallBehindAsync(primary, standby);
        Given.Is(Verdict.Warning, await Diagnosis.OneAsync(standby.ConnectionString(), "replication"), "replay is paused", "pg_wal_replay_resume");
        Given.Is(Verdict.Warning, await Diagnosis.OneAsync(primary.ConnectionString(), "replication"), "Standby the-standby is streaming", "MB");

        await primary.StopAsync(StopMode.Immediate);
        await standby.UntilAsync("SELECT count(*) = 0 FROM pg_stat_wal_receiver");
        Given.Is(Verdict.Failing, await Diagnosis.OneAsync(standby.ConnectionString("postgres", bare), "replication"), "No receiver is connected");
    }

    private static async Task PauseAndFallBehindAsync(PostgresServer primary, PostgresServer standby)
    {
        await standby.ExecuteAsync("SELECT pg_wal_replay_pause()");
        await standby.UntilAsync("SELECT pg_get_wal_replay_pause_state() = 'paused'");

        // About 75 MB of log: between the limit of a warning and that of a failure.
        await primary.ExecuteAsync("CREATE TABLE bulk AS SELECT generate_series(1, 700000) AS id, repeat('x', 50) AS text");
        await primary.UntilAsync("SELECT pg_wal_lsn_diff(flush_lsn, replay_lsn) > 55e6 FROM pg_stat_replication");
    }
}
