using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using MnfstRag.Admin.Live;
using MnfstRag.Admin.Live.Sampling;
using MnfstRag.Testing;
using Npgsql;

namespace MnfstRag.Admin.Tests.Live.Sampling;

public sealed class LeadershipTests
{
    [Fact]
    public async Task One_leads_the_other_says_where_the_leader_is_and_takes_over_when_it_stops()
    {
        var server = await PostgresServers.GetAsync();
        await using var database = await server.CreateDatabaseAsync();
        using var first = await StartAsync(database.ConnectionString);
        await UntilAsync(first, standing => standing.Leads);

        using var second = await StartAsync(database.ConnectionString);
        var follower = await UntilAsync(second, standing => standing.State == WatchState.Follower);
        Assert.Contains($"mnfst-admin on {Environment.MachineName}", follower.Explanation, StringComparison.Ordinal);
        Assert.True(first.Standing.Leads);

        await first.StopAsync(CancellationToken.None);
        await UntilAsync(second, standing => standing.Leads);
        Assert.False(first.Standing.Leads);
        await second.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_lost_connection_ends_leadership_at_once_and_it_is_asked_for_again()
    {
        var server = await PostgresServers.GetAsync();
        await using var database = await server.CreateDatabaseAsync();
        using var leader = await StartAsync(database.ConnectionString);
        var held = (await UntilAsync(leader, standing => standing.Leads)).Held;
        var lost = new TaskCompletionSource();
        await using var noticing = held.Register(lost.SetResult);

        await database.ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())");
        await lost.Task.WaitAsync(TimeSpan.FromSeconds(1));
        var again = await UntilAsync(leader, standing => standing.Leads);
        Assert.NotEqual(held, again.Held);
        await leader.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task An_own_store_that_is_away_is_said_in_words_without_its_password()
    {
        using var alone = await StartAsync("Host=127.0.0.1;Port=1;Username=admin;Password=hunter2;Database=admin");
        var standing = await UntilAsync(alone, standing => standing.State == WatchState.Failing);
        Assert.Contains("own store", standing.Explanation, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", standing.Explanation, StringComparison.Ordinal);
        await alone.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task An_own_store_that_hangs_ends_leadership_and_gives_it_back_when_it_answers()
    {
        await using var server = await PostgresServer.StartOwnAsync(PostgresVersions.Newest);
        using var leader = await StartAsync(server.ConnectionString());
        await UntilAsync(leader, standing => standing.Leads);

        server.Freeze();
        try
        {
            var hanging = await UntilAsync(leader, standing => standing.State == WatchState.Failing);
            Assert.False(hanging.Leads);
        }
        finally
        {
            server.Thaw();
        }

        await UntilAsync(leader, standing => standing.Leads);
        await leader.StopAsync(CancellationToken.None);
    }

    private static async Task<Leadership> StartAsync(string connectionString)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal) { ["ConnectionStrings:Admin"] = connectionString })
            .Build();
        var leadership = new Leadership(new LeadershipStore(configuration), TimeProvider.System, NullLogger<Leadership>.Instance);
        await leadership.StartAsync(CancellationToken.None);
        return leadership;
    }

    private static async Task<Standing> UntilAsync(Leadership leadership, Func<Standing, bool> wanted)
    {
        var changed = new SemaphoreSlim(0);
        void Release() => changed.Release();
        leadership.Changed += Release;
        try
        {
            while (!wanted(leadership.Standing))
            {
                Assert.True(await changed.WaitAsync(TimeSpan.FromSeconds(20)), $"Still {leadership.Standing}");
            }

            return leadership.Standing;
        }
        finally
        {
            leadership.Changed -= Release;
        }
    }
}
