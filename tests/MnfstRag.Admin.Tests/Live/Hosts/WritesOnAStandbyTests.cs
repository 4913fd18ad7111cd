using MnfstRag.Admin.Data.Maintenance;
using MnfstRag.Admin.Data.Tenants;
using MnfstRag.Admin.Features.Tenants;
using MnfstRag.Admin.Tests.Features.Maintenance;
using MnfstRag.Admin.Tests.Features.Tenants;
using MnfstRag.Postgres.Fencing;
using MnfstRag.Postgres.Maintaining;
using MnfstRag.Testing;

namespace MnfstRag.Admin.Tests.Live.Hosts;

/// <summary>
/// An environment of one host, which a switchover made a standby: nobody has told the dashboard, so every write meets the server's own refusal (25006).
/// </summary>
public sealed class WritesOnAStandbyTests
{
    [Fact]
    public async Task What_writes_is_refused_in_words_changes_nothing_and_works_again_once_there_is_a_primary()
    {
        await using var server = await PostgresServer.StartOwnAsync(PostgresVersions.Newest);
        await using var tenants = TenantBench.On(await Fenced.StartAsync(server, ProductShape.Migrations));
        await using var maintenance = await MaintenanceBench.CreateAsync(tenants.Fenced.Maintain.ToText());
        var analyze = new AnalyzeTable(new MaintenanceTarget((uint)await tenants.Fenced.Database.ScalarAsync<long>("SELECT 'public.documents'::regclass::oid::bigint"), "public", "documents", MaintenanceTargetKind.Table));
        var change = new StatusChange(null, new DocumentFilter(), "error", "uploaded", "the embedding service is back");
        var agreed = await maintenance.AskAsync(analyze);
        await Standby.TurnAsync(server);

        // A run that was agreed to on the primary, a plan made now, the fence, and a tenant's documents.
        await maintenance.StartAsync();
        var run = await maintenance.UntilAsync(agreed, MaintenanceRunState.Refused, MaintenanceRunState.Failed, MaintenanceRunState.Done);
        Assert.Equal(MaintenanceRunState.Refused, run.State);
        Assert.Contains("25006", run.Words, StringComparison.Ordinal);
        Assert.Contains("primary", run.Words, StringComparison.Ordinal);
        var plan = (await maintenance.PlanAsync(analyze)).Plan;
        Assert.Equal(MaintenanceVerdict.No, plan.Verdict);
        Assert.Contains(plan.Reasons, reason => reason.Words.Contains("25006", StringComparison.Ordinal));
        var removed = await tenants.Fenced.RemoveAsync();
        Assert.False(removed.Done);
        Assert.Contains("takes no writes (25006)", removed.Words, StringComparison.Ordinal);
        var (begun, _) = await tenants.Statuses.BeginAsync(null, ProductSamples.TenantA, change);
        var stopped = await tenants.EndAsync(begun!);
        Assert.Equal((StatusRunState.Stopped, 0), (stopped.State, stopped.Changed));
        Assert.Contains("not written (25006). Nothing was changed.", stopped.Words, StringComparison.Ordinal);

        // Reading goes on all the while, and the same clicks work when the server is a primary again.
        Assert.NotEmpty((await tenants.Documents.PageAsync(null, ProductSamples.TenantA, new DocumentFilter(), null)).Page.Rows);
        await server.ExecuteAsync("SELECT pg_promote()");
        var (again, why) = await tenants.Statuses.BeginAsync(null, ProductSamples.TenantA, change);
        Assert.Equal(StatusRunState.Done, (await tenants.EndAsync(again ?? throw new InvalidOperationException(why))).State);
        Assert.NotEqual(MaintenanceVerdict.No, (await maintenance.PlanAsync(analyze)).Plan.Verdict);
    }
}
