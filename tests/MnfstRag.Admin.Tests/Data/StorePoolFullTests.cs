using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using MnfstRag.Admin.Access.Audit;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Live.Pooling;
using Npgsql;

namespace MnfstRag.Admin.Tests.Data;

public sealed class StorePoolFullTests
{
    [Fact]
    public async Task A_pool_that_is_full_is_told_as_one_and_requests_end_in_words_instead_of_queueing()
    {
        using var meter = new StorePoolMeter();
        await using var store = await TestStore.CreateAsync();
        var small = new NpgsqlConnectionStringBuilder(store.Database.ConnectionStringFor(store.Runtime)) { MaxPoolSize = 2 }.ConnectionString;
        await using var services = await store.MigratedAsync(("ConnectionStrings:Admin", small));
        var connections = services.GetRequiredService<StoreConnections>();
        await using (await connections.Runtime.OpenConnectionAsync())
        await using (await connections.Runtime.OpenConnectionAsync())
        {
            var asked = Stopwatch.GetTimestamp();
            var waiting = Enumerable.Range(0, 10).Select(_ => Assert.ThrowsAsync<StoreUnavailableException>(() => services.GetRequiredService<IAuditLog>().WriteAsync(new AuditEvent("test", AuditPhase.Event, null)))).ToList();
            await Testing.Wait.UntilAsync(_ => Task.FromResult(meter.Read().Value?.Pending > 0));

            var faults = await Task.WhenAll(waiting);

            // Five seconds, all at once: none waits for the one before it.
            Assert.InRange(Stopwatch.GetElapsedTime(asked).TotalSeconds, 0, 20);
            Assert.All(faults, fault => Assert.Contains("own pool", fault.Message, StringComparison.Ordinal));
            Assert.All(faults, fault => Assert.DoesNotContain(store.Runtime.Password, fault.ToString(), StringComparison.Ordinal));
            Assert.True(meter.Read().Value!.Timeouts >= 10);
        }

        await services.GetRequiredService<IAuditLog>().WriteAsync(new AuditEvent("test", AuditPhase.Event, null));
    }
}
