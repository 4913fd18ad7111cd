using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Hosts;
using MnfstRag.Postgres.Watching.Hosts;
using MnfstRag.Testing;
using Npgsql;

namespace MnfstRag.Admin.Tests.Data.Hosts;

/// <summary>The own store on a primary and its standby, which takes its place.</summary>
public sealed class StoreHostsTests
{
    [Fact]
    public async Task The_store_follows_a_promotion_and_a_host_that_swallows_everything_costs_nobody_a_second()
    {
        await using var primary = await PostgresServer.StartOwnAsync(PostgresVersions.Newest);
        await using var store = await TestStore.CreateAsync(primary);
        await using var standby = await Standby.StartAsync(primary);
        await using var proxy = new FaultProxy(primary.Port);
        await using var services = store.Services(
            ("ConnectionStrings:Admin", Both(store, store.Runtime, proxy, standby)),
            ("ConnectionStrings:AdminMigrator", Both(store, store.Owner, proxy, standby)));
        var connections = services.GetRequiredService<StoreConnections>();
        await services.GetRequiredService<StoreMigrator>().MigrateAsync();
        Assert.Equal(proxy.Port, connections.Host.Port);
        using var looking = new StoreHostService(connections, TimeProvider.System, NullLogger<StoreHostService>.Instance);
        await looking.StartAsync(CancellationToken.None);
        await AskAsync(services);
        await Standby.CatchUpAsync(primary);

        // Lost without a word: no refusal, no reset, only silence.
        proxy.Swallow();
        await Wait.UntilAsync(_ => Task.FromResult(connections.Hosts!.Seen.Standing.State == PrimaryState.Lost));
        var fault = await Assert.ThrowsAnyAsync<Exception>(() => AskAsync(services));
        Assert.True(StoreFaults.IsOne(fault), fault.ToString());
        Assert.Contains("takes writes", connections.Explain(fault), StringComparison.Ordinal);

        await standby.ExecuteAsync("SELECT pg_promote()");
        await Wait.UntilAsync(_ => Task.FromResult(connections.Host.Port == standby.Port));
        Assert.Equal(PrimaryState.Known, connections.Hosts!.Seen.Standing.State);

        // The driver alone would try the silent host again every ten seconds, on somebody's request: it never hears of a second host.
        Assert.Equal($"127.0.0.1:{standby.Port}", new NpgsqlConnectionStringBuilder(connections.Runtime.ConnectionString) is var used ? $"{used.Host}:{used.Port}" : null);
        List<TimeSpan> took = [];
        for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(3); await Task.Delay(100))
        {
            var one = Stopwatch.GetTimestamp();
            connections.Runtime.Clear();
            await AskAsync(services);
            took.Add(Stopwatch.GetElapsedTime(one));
        }

        Assert.True(took.Max() < TimeSpan.FromSeconds(1), $"{took.Max().TotalMilliseconds:0} ms at most of {took.Count}");

        // The old one comes back and takes writes too: the dashboard keeps to the one on the higher timeline.
        proxy.Heal();
        await Wait.UntilAsync(_ => Task.FromResult(connections.Hosts.Seen.Standing.State == PrimaryState.SplitBrain));
        Assert.Equal(standby.Port, connections.Host.Port);
        await looking.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_store_with_one_host_is_used_as_ever()
    {
        await using var store = await TestStore.CreateAsync();
        await using var services = await store.MigratedAsync();
        Assert.Null(services.GetRequiredService<StoreConnections>().Hosts);
        await AskAsync(services);
    }

    /// <summary>A write over the pool, and a read over EF.</summary>
    private static async Task AskAsync(ServiceProvider services)
    {
        await using (var command = services.GetRequiredService<StoreConnections>().Runtime.CreateCommand("SELECT pg_is_in_recovery()"))
        {
            Assert.Equal(false, await command.ExecuteScalarAsync());
        }

        await using var context = await services.GetRequiredService<IDbContextFactory<AdminDbContext>>().CreateDbContextAsync();
        await context.Environments.CountAsync();
    }

    private static string Both(TestStore store, TestRole role, FaultProxy proxy, PostgresServer standby) =>
        new NpgsqlConnectionStringBuilder(store.Database.ConnectionStringFor(role)) { Host = $"127.0.0.1:{proxy.Port},127.0.0.1:{standby.Port}" }.ConnectionString;
}
