using MnfstRag.Postgres.Watching;
using MnfstRag.Testing;

namespace MnfstRag.Postgres.Tests.Watching;

public sealed class CountersAndLimitsTests
{
    [Theory, ClassData(typeof(VersionsAndRoles))]
    public async Task Counters_lie_between_two_looks_at_the_catalog(int major, WatchingRole kind)
    {
        await using var watched = await Watched.StartAsync(major, kind);
        var asker = await watched.OpenAsWatcherAsync();

        var before = await LookAsync(asker);
        var counters = await watched.ReadAsync(DatabaseCountersReader.Instance);
        var after = await LookAsync(asker);

        long[] read = [counters.Commits, counters.Rollbacks, counters.BlocksHit, counters.BlocksRead, counters.Deadlocks, counters.TempFiles, counters.TempBytes];
        for (var i = 0; i < read.Length; i++)
        {
            Assert.InRange(read[i], (long)before[i]!, (long)after[i]!);
        }

        Assert.True(counters.Commits > 0);
        Assert.Equal(new DateTimeOffset((DateTime)before[7]!), counters.PostmasterStart);
        Assert.InRange(counters.ServerTime, new DateTimeOffset((DateTime)before[8]!), new DateTimeOffset((DateTime)after[8]!));
    }

    [Theory, ClassData(typeof(VersionsAndRoles))]
    public async Task Limits_are_the_servers(int major, WatchingRole kind)
    {
        await using var watched = await Watched.StartAsync(major, kind);
        var asker = await watched.OpenAsWatcherAsync();

        var limits = await watched.ReadAsync(ServerLimitsReader.Instance);

        var rows = await asker.RowsAsync("SELECT name, setting FROM pg_settings WHERE name IN ('max_connections', 'superuser_reserved_connections', 'reserved_connections')");
        var settings = rows.ToDictionary(row => (string)row[0]!, row => int.Parse((string)row[1]!, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(
            new ServerLimits(settings["max_connections"], settings["superuser_reserved_connections"], settings.GetValueOrDefault("reserved_connections")),
            limits);
        Assert.Equal(major >= 16, settings.ContainsKey("reserved_connections"));
    }

    [Theory, ClassData(typeof(MnfstRag.Testing.PostgresVersions))]
    public async Task Commits_between_two_readings_are_counted(int major)
    {
        // A server of its own: sums over all databases go backwards when another test resets or drops one.
        await using var server = await PostgresServer.StartOwnAsync(major);
        await using var watched = await Watched.StartAsync(server);

        // Until 14 a database's first entry counts as its reset: the new one has its entry before anything is compared.
        var fresh = await watched.ReadAsync(DatabaseCountersReader.Instance);
        var first = await watched.OpenAsync("first");
        for (var i = 0; i < 50; i++)
        {
            await first.RunAsync("SELECT 1");
        }

        await first.CloseAsync();
        var earlier = await watched.ReadUntilAsync(DatabaseCountersReader.Instance, counters => counters.Commits >= fresh.Commits + 50);
        var worker = await watched.OpenAsync("worker");
        for (var i = 0; i < 50; i++)
        {
            await worker.RunAsync("SELECT 1");
        }

        await worker.CloseAsync();
        var later = await watched.ReadUntilAsync(DatabaseCountersReader.Instance, counters => counters.Commits >= earlier.Commits + 50);

        var rates = CounterRates.Between(earlier, later)!;
        Assert.InRange(rates.TransactionsPerSecond, 50 / (later.ServerTime - earlier.ServerTime).TotalSeconds, double.MaxValue);
        Assert.Null(CounterRates.Between(later, earlier));
        Assert.Null(CounterRates.Between(earlier with { PostmasterStart = default }, later));
        Assert.Null(CounterRates.Between(earlier with { StatsReset = later.ServerTime }, later));
    }

    private static async Task<object?[]> LookAsync(Npgsql.NpgsqlConnection asker) => (await asker.RowsAsync("""
        SELECT sum(xact_commit)::int8, sum(xact_rollback)::int8, sum(blks_hit)::int8, sum(blks_read)::int8, sum(deadlocks)::int8,
            sum(temp_files)::int8, sum(temp_bytes)::int8, pg_postmaster_start_time(), clock_timestamp()
        FROM pg_stat_database
        """))[0];
}
