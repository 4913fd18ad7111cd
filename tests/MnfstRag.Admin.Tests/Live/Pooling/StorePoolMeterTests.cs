using MnfstRag.Admin.Live.Pooling;
using MnfstRag.Testing;
using Npgsql;

namespace MnfstRag.Admin.Tests.Live.Pooling;

public sealed class StorePoolMeterTests
{
    [Fact]
    public async Task Use_waiting_and_vain_waiting_of_the_store_s_pool_are_counted_and_no_other_pool_s()
    {
        var server = await PostgresServers.GetAsync();
        // A name of its own: other tests use stores at the same time.
        var name = Guid.NewGuid().ToString();
        using var meter = new StorePoolMeter(name);
        var settings = new NpgsqlConnectionStringBuilder(server.ConnectionString()) { MaxPoolSize = 2, Timeout = 1 };
        await using var store = new NpgsqlDataSourceBuilder(settings.ConnectionString) { Name = name }.Build();
        await using var other = new NpgsqlDataSourceBuilder(settings.ConnectionString) { Name = "another" }.Build();
        await using var elsewhere = await other.OpenConnectionAsync();
        await using var first = await store.OpenConnectionAsync();
        await using (await store.OpenConnectionAsync())
        {
            var waiting = store.OpenConnectionAsync().AsTask();
            Assert.Equal((2, 0, 2, 1), Figures(meter));
            await Assert.ThrowsAsync<NpgsqlException>(() => waiting);
        }

        Assert.Equal((1, 1, 2, 0), Figures(meter));
        Assert.Equal(1, meter.Read().Value!.Timeouts);
    }

    private static (int Used, int Idle, int Most, int Pending) Figures(StorePoolMeter meter)
    {
        var answer = meter.Read();
        Assert.Null(answer.Fault);
        return (answer.Value!.Used, answer.Value.Idle, answer.Value.Most, answer.Value.Pending);
    }
}
