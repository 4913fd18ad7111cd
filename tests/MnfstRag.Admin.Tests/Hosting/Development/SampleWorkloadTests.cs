using Microsoft.Extensions.Logging.Abstractions;
using MnfstRag.Admin.Hosting.Development;
using MnfstRag.Admin.Hosting.Development.Workload;
using Npgsql;

namespace MnfstRag.Admin.Tests.Hosting.Development;

public sealed class SampleWorkloadTests(DevelopmentServersFixture development) : IClassFixture<DevelopmentServersFixture>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task It_is_seen_as_the_backend_in_several_states_and_goes_on_after_the_servers_restart()
    {
        var watched = development.Servers.Watched!;
        using var workload = new SampleWorkload(
            await WatchedServer.ApplicationConnectionAsync(watched, CancellationToken.None), TimeProvider.System, NullLogger<SampleWorkload>.Instance);
        await workload.StartAsync(CancellationToken.None);
        await SeesAsync(watched.ConnectionString("mnfst_rag"), "idle", "idle in transaction");

        await watched.StopAsync();
        await watched.RestartAsync(CancellationToken.None);

        await SeesAsync(watched.ConnectionString("mnfst_rag"), "idle", "idle in transaction");
        await workload.StopAsync(CancellationToken.None);
        Assert.True(workload.ExecuteTask!.IsCompletedSuccessfully);
    }

    [Fact]
    public void Ids_come_round_so_that_tables_do_not_grow()
    {
        var ids = new RingIds(kind: 3, size: 5);
        var first = Enumerable.Range(0, 5).Select(_ => ids.Next()).ToList();
        var second = Enumerable.Range(0, 5).Select(_ => ids.Next()).ToList();

        Assert.Equal(5, first.Distinct().Count());
        Assert.Equal(first, second);
        Assert.DoesNotContain(new RingIds(kind: 4, size: 5).Next(), first);
    }

    private static async Task SeesAsync(string connectionString, params string[] states)
    {
        using var limit = new CancellationTokenSource(Patience);
        await using var source = NpgsqlDataSource.Create(connectionString);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (!seen.IsSupersetOf(states))
        {
            await using var command = source.CreateCommand("SELECT DISTINCT state FROM pg_stat_activity, pg_sleep(0.05) WHERE application_name = 'mnfst-rag-backend' AND state IS NOT NULL");
            await using var reader = await command.ExecuteReaderAsync(limit.Token);
            while (await reader.ReadAsync(limit.Token))
            {
                seen.Add(reader.GetString(0));
            }
        }
    }
}
