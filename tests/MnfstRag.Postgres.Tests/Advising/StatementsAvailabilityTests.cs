using MnfstRag.Postgres.Advising;
using MnfstRag.Postgres.Watching;
using MnfstRag.Testing;

namespace MnfstRag.Postgres.Tests.Advising;

public sealed class StatementsAvailabilityTests
{
    [Fact]
    public async Task An_extension_that_is_missing_old_or_hidden_is_told_with_its_cure()
    {
        await using var missing = await Watched.StartAsync(15, WatchingRole.Monitor);
        Assert.Equal((AvailabilityState.Unavailable, "CREATE EXTENSION pg_stat_statements;"), await StateAsync(missing));

        await missing.Database.ExecuteAsync("CREATE EXTENSION pg_stat_statements VERSION '1.7'");
        Assert.Equal((AvailabilityState.Degraded, "ALTER EXTENSION pg_stat_statements UPDATE;"), await StateAsync(missing));

        await missing.Database.ExecuteAsync("ALTER EXTENSION pg_stat_statements UPDATE");
        Assert.Equal((AvailabilityState.Available, null), await StateAsync(missing));

        await using var bare = await Watched.StartAsync(15, WatchingRole.Bare);
        await bare.Database.ExecuteAsync("CREATE EXTENSION pg_stat_statements; SELECT 1");
        var (state, sql) = await StateAsync(bare);
        Assert.Equal(AvailabilityState.Degraded, state);
        Assert.StartsWith("GRANT pg_read_all_stats TO", sql, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Created_and_not_loaded_says_so_and_offers_nothing_that_would_replace_the_list()
    {
        await using var server = await PostgresServer.StartOwnAsync(PostgresVersions.Newest, new Dictionary<string, string>(StringComparer.Ordinal) { ["shared_preload_libraries"] = "" });
        await using var watched = await Watched.StartAsync(server);
        await watched.Database.ExecuteAsync("CREATE EXTENSION pg_stat_statements");

        var reading = await watched.Reader.ReadAsync([StatementsReader.Instance], CancellationToken.None);
        var availability = StatementsAvailability.Of(reading.Capabilities, null, reading.Of(StatementsReader.Instance).Fault, null);

        Assert.Equal((AvailabilityState.Unavailable, null, true), (availability.State, availability.Sql, availability.NeedsRestart));
        Assert.Contains("behind what stands there", availability.Cure, StringComparison.Ordinal);
    }

    /// <summary>Over a new connection, which learns the extensions anew.</summary>
    private static async Task<(AvailabilityState State, string? Sql)> StateAsync(Watched watched)
    {
        await using var reader = new ServerReader(watched.Url, new ServerReaderOptions { Budget = TimeSpan.FromSeconds(20) }, TimeProvider.System);
        var reading = await reader.ReadAsync([StatementsReader.Instance], CancellationToken.None);
        var statements = reading.Of(StatementsReader.Instance);
        var availability = StatementsAvailability.Of(reading.Capabilities, statements.Value, statements.Fault, null);
        return (availability.State, availability.Sql);
    }
}
