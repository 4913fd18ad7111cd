using Microsoft.Extensions.DependencyInjection;
using MnfstRag.Admin.Access.Audit;
using MnfstRag.Admin.Data.History;
using MnfstRag.Admin.Data.Maintenance;
using MnfstRag.Admin.Live.Maintaining;
using MnfstRag.Admin.Live.Recording;
using MnfstRag.Postgres.Maintaining;
using MnfstRag.Postgres.Watching;
using MnfstRag.Testing;
using Npgsql;

namespace MnfstRag.Admin.Tests.Features.Maintenance;

/// <summary>A backend and a server that are killed in the middle of a run, as the hosted service lives through it.</summary>
public sealed class MaintenanceFaultsTests
{
    private static readonly MaintenanceRunState[] Ended = [MaintenanceRunState.Done, MaintenanceRunState.Failed, MaintenanceRunState.LeftSomething, MaintenanceRunState.Unproven, MaintenanceRunState.Refused, MaintenanceRunState.Cancelled];

    public static TheoryData<int> OldestAndNewest() => [PostgresVersions.All[0], PostgresVersions.Newest];

    [Theory]
    [MemberData(nameof(OldestAndNewest))]
    public async Task A_run_whose_backend_or_server_is_killed_is_decided_by_what_the_server_shows_and_never_run_again(int major)
    {
        await using var server = await PostgresServer.StartOwnAsync(major, new Dictionary<string, string>(StringComparer.Ordinal) { ["synchronous_commit"] = "on" });
        await using var watched = await WatchedDatabase.CreateAsync(server);
        await using var bench = await MaintenanceBench.CreateAsync(watched.MaintainUrl);
        await bench.StartAsync();
        var table = await watched.TableAsync("documents");

        // The backend: the server throws every session out, and is back in a moment.
        var (run, pid) = await BuildingAsync(bench, watched, table);
        await server.KillBackendAsync(pid);
        var cut = await bench.UntilAsync(run, Ended);
        Assert.True(cut.State == MaintenanceRunState.LeftSomething, $"{cut.State}: {cut.Words}");
        Assert.Contains("idx_waits", cut.Words, StringComparison.Ordinal);
        await OnceAsync(bench, run);
        var cleared = await bench.UntilAsync(await bench.AskAsync(MaintenanceText.Read<MaintenanceOutcome>(cut.Result)!.Repair!), Ended);
        Assert.True(cleared.State == MaintenanceRunState.Done, cleared.Words);

        // The server: while it is away nobody can know, and the run says so; once it is back, its catalog tells.
        (run, _) = await BuildingAsync(bench, watched, table);
        await server.KillPostmasterAsync();
        var waiting = await bench.UntilAsync(run, [MaintenanceRunState.Reconciling, .. Ended]);
        Assert.True(waiting.State == MaintenanceRunState.Reconciling, $"{waiting.State}: {waiting.Words}");
        await server.RestartAsync();
        var found = await bench.UntilAsync(run, Ended);
        Assert.True(found.State == MaintenanceRunState.LeftSomething, $"{found.State}: {found.Words}");
        Assert.StartsWith("The server was lost while it ran; this was found out afterwards.", found.Words, StringComparison.Ordinal);
        await OnceAsync(bench, run);
        Assert.Equal(["maintenance.ask Event queued", "maintenance.run Intent", "maintenance.run Outcome left something"], (await bench.AuditAsync()).TakeLast(3));
        Assert.True((await bench.Services.GetRequiredService<AuditVerifier>().VerifyAsync()).IsIntact);

        // Each run is marked on the environment's charts, with when it began and how it ended.
        var now = TimeProvider.System.GetUtcNow();
        var marks = await bench.Services.GetRequiredService<IHistory>().EventsAsync(bench.EnvironmentId, new TimeRange(now.AddHours(-1), now.AddMinutes(1)));
        Assert.Equal(3, marks.Count(mark => mark.Kind == EventKinds.Maintenance));
        Assert.Equal(
            ["Maintenance ended: Create idx_waits on public.documents: left something.", "Maintenance ended: Drop the leftover public.idx_waits: done.", "Maintenance ended: Create idx_waits on public.documents: left something."],
            marks.Where(mark => mark.Kind == EventKinds.MaintenanceEnded).Select(mark => mark.Words));
    }

    /// <summary>A build that waits for a writer, which keeps it in the middle: the run, and the backend that builds.</summary>
    private static async Task<(Guid Run, int Pid)> BuildingAsync(MaintenanceBench bench, WatchedDatabase watched, MaintenanceTarget table)
    {
        var holder = new NpgsqlConnection(watched.Database.ConnectionString + ";Pooling=false");
        await holder.OpenAsync();
        await using (var hold = new NpgsqlCommand("BEGIN; UPDATE documents SET title = title WHERE id = 1", holder))
        {
            await hold.ExecuteNonQueryAsync();
        }

        var run = await bench.AskAsync(new CreateIndex(table, "idx_waits", new IndexDefinition([new IndexPart("title")])));
        await watched.Server.UntilAsync("SELECT EXISTS (SELECT FROM pg_stat_progress_create_index WHERE index_relid = to_regclass('public.idx_waits'))", watched.Database.Name);
        var detail = (await bench.Reading().FindAsync(run))!;
        return (run, Assert.Single(detail.Starts).Pid);
    }

    private static async Task OnceAsync(MaintenanceBench bench, Guid run) => Assert.Single((await bench.Reading().FindAsync(run))!.Starts);
}
