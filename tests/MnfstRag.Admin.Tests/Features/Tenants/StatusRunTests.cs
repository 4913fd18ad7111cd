using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Audit;
using MnfstRag.Admin.Data.Tenants;
using MnfstRag.Admin.Features.Tenants;
using MnfstRag.Postgres.Fencing;
using MnfstRag.Testing;

namespace MnfstRag.Admin.Tests.Features.Tenants;

/// <summary>A change of many documents' status outlives the process that it was begun in, and goes through no document twice.</summary>
public sealed class StatusRunTests : IAsyncLifetime
{
    private const int Total = 600;

    private static readonly StatusChange Change = new(
        null, new DocumentFilter { Find = "batch", Search = NameSearch.Start }, "error", "uploaded", "the key of the embedding service was renewed");

    private TenantBench _bench = null!;

    public async Task InitializeAsync()
    {
        _bench = await TenantBench.StartAsync(ProductShape.Migrations);
        _bench.Changes.BeginsItself = false;
        await _bench.Fenced.Database.ExecuteAsync($"""
            INSERT INTO documents (id, filename, original_name, size, mime_type, status, error, tenant_id, user_id, created_at)
            SELECT md5('batch' || n)::uuid, 'f', 'batch ' || n, 1, 'text/plain', 'ERROR', 'x', '{ProductSamples.TenantA}', md5('ua1')::uuid, now() - n * interval '1 second' FROM generate_series(1, {Total}) n
            """);
    }

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Theory]
    [InlineData("committed")]
    [InlineData("aborted")]
    [InlineData("in progress")]
    public async Task What_a_killed_dashboard_had_under_way_is_taken_up_again_and_no_document_is_done_twice(string killed)
    {
        var run = await BegunAsync();
        var first = await FirstStepAsync(run, killed, out var release);
        if (killed != "aborted")
        {
            // The product took these up before the dashboard came back, and they failed again: setting them once more would be twice.
            release();
            await first;
            await _bench.Fenced.Database.ExecuteAsync("UPDATE documents SET status = 'ERROR', error = 'again' WHERE status = 'UPLOADED' AND original_name LIKE 'batch %'");
        }

        await _bench.Changes.BeginAsync();
        var ended = await _bench.EndAsync(run);

        Assert.Equal((StatusRunState.Done, Total, Total, null), (ended.State, ended.Done, ended.Changed, ended.Words));
        Assert.Equal(killed == "aborted" ? 0 : StatusExecution.Step, await FailedAsync());
        var resumed = Assert.Single(_bench.Audited, one => one.Action == "documents.status-resumed");
        Assert.Equal(run.Id, resumed.Correlation);
        Assert.Equal(_bench.Caller.Name, resumed.Details!["begun by"]);
        var outcome = Assert.Single(_bench.Audited, one => one.Phase == AuditPhase.Outcome);
        Assert.Equal((run.Id, "done: 600 changed of 600 gone through, 600 meant"), (outcome.Correlation, outcome.Outcome));
    }

    [Fact]
    public async Task A_step_that_the_server_has_not_ended_is_waited_for_and_said()
    {
        var run = await BegunAsync();
        var first = await FirstStepAsync(run, "in progress", out var release);
        await _bench.Changes.BeginAsync();

        await Wait.UntilAsync(async token => (await FindAsync(run, token)).Words?.Contains("has not ended the step yet", StringComparison.Ordinal) == true);
        Assert.Equal((StatusRunState.Running, 0), ((await FindAsync(run)).State, (await FindAsync(run)).Done));
        release();
        await first;

        Assert.Equal((StatusRunState.Done, Total), ((await _bench.EndAsync(run)).State, (await FindAsync(run)).Changed));
    }

    [Fact]
    public async Task One_whose_starter_may_no_more_stops_with_the_reason()
    {
        var run = await BegunAsync();
        await await FirstStepAsync(run, "committed", out _);
        _bench.Changes.Refusal = new PermissionDeniedException(Permissions.ChangeTenants);

        await _bench.Changes.BeginAsync();
        var ended = await _bench.EndAsync(run);

        Assert.Equal(StatusRunState.Stopped, ended.State);
        Assert.Contains("may not change documents of this tenant any more", ended.Words, StringComparison.Ordinal);
        Assert.Equal(Total - StatusExecution.Step, await FailedAsync());
        Assert.DoesNotContain(_bench.Audited, one => one.Action == "documents.status-resumed");
        Assert.Contains("may not change documents", Assert.Single(_bench.Audited, one => one.Phase == AuditPhase.Outcome).Details!["why"], StringComparison.Ordinal);

        // Somebody who may goes on with what is left, and what was done before the end counts as done.
        var (rest, _) = await _bench.Statuses.ResumeAsync(null, ProductSamples.TenantA, run.Id);
        Assert.Equal(Total - StatusExecution.Step, rest!.Total);
        Assert.Equal(StatusRunState.Done, (await _bench.EndAsync(rest)).State);
        Assert.Equal(StatusRunState.Left, (await FindAsync(run)).State);
    }

    [Fact]
    public async Task Of_several_processes_one_carries_it_out_and_none_that_follows()
    {
        var follower = await _bench.Changes.BeginAsync(leads: false);
        var run = await BegunAsync();
        Assert.True(await _bench.Changes.Records.TakeAsync(run.Id, null, Guid.NewGuid(), CancellationToken.None));
        await Task.WhenAll(_bench.Changes.BeginAsync(), _bench.Changes.BeginAsync(), _bench.Changes.BeginAsync());

        var ended = await _bench.EndAsync(run);

        Assert.Equal((StatusRunState.Done, Total, Total), (ended.State, ended.Done, ended.Changed));
        Assert.Single(_bench.Audited, one => one.Phase == AuditPhase.Outcome);
        Assert.NotEqual(follower.Claim, (await _bench.Changes.Records.WholeAsync(run.Id, CancellationToken.None))!.Claim);
    }

    [Fact]
    public async Task A_process_that_lost_it_commits_nothing_more()
    {
        var run = await BegunAsync();
        var (mine, other) = (Guid.NewGuid(), Guid.NewGuid());
        await _bench.Changes.Records.TakeAsync(run.Id, null, mine, CancellationToken.None);
        await using var holder = await _bench.Fenced.Database.OpenAsync();
        await using var transaction = await holder.BeginTransactionAsync();
        await using (var hold = new Npgsql.NpgsqlCommand("SELECT 1 FROM documents WHERE original_name = 'batch 1' FOR UPDATE", holder, transaction))
        {
            await hold.ExecuteNonQueryAsync();
        }

        var work = Task.Run(() => _bench.Changes.Execution.RunAsync(run.Id, mine, resumed: false, CancellationToken.None));
        await Wait.UntilAsync(async token => await _bench.Fenced.Database.ScalarAsync<long>("SELECT count(*) FROM pg_locks l JOIN pg_stat_activity a USING (pid) WHERE NOT l.granted AND a.datname = current_database()", token) > 0);
        await _bench.Changes.Records.TakeAsync(run.Id, mine, other, CancellationToken.None);
        await transaction.RollbackAsync();

        await Assert.ThrowsAsync<StatusTakenOverException>(() => work);
        Assert.Equal(Total, await FailedAsync());
        Assert.Equal((StatusRunState.Running, 0), ((await FindAsync(run)).State, (await FindAsync(run)).Done));
    }

    [Fact]
    public async Task Another_change_of_the_same_tenant_waits_and_one_that_is_asked_to_stop_stops_wherever_it_runs()
    {
        var run = await BegunAsync();
        var (none, fault) = await _bench.Statuses.BeginAsync(null, ProductSamples.TenantA, Change);
        await _bench.Statuses.StopAsync(null, ProductSamples.TenantA, run.Id);
        await _bench.Changes.BeginAsync();
        var ended = await _bench.EndAsync(run);
        await _bench.Statuses.LeaveAsync(null, ProductSamples.TenantA, run.Id);

        Assert.Null(none);
        Assert.StartsWith("Another change of this tenant's documents is under way", fault, StringComparison.Ordinal);
        Assert.Equal((StatusRunState.Stopped, 0, "It was stopped. What was done stays done; the rest was not touched."), (ended.State, ended.Done, ended.Words));
        Assert.Equal(StatusRunState.Left, (await _bench.Statuses.LatestAsync(null, ProductSamples.TenantA))!.State);
        Assert.Equal(Total, await FailedAsync());
    }

    private async Task<StatusRun> BegunAsync()
    {
        var (run, fault) = await _bench.Statuses.BeginAsync(null, ProductSamples.TenantA, Change);
        return run ?? throw new InvalidOperationException(fault);
    }

    /// <summary>The first step of a process that ends without another word: committed, undone, or left open until it is let go.</summary>
    private Task<Task> FirstStepAsync(StatusRun run, string outcome, out Action release)
    {
        var open = new TaskCompletionSource();
        release = () => open.TrySetResult();
        return StepAsync(run, outcome, open.Task);
    }

    private async Task<Task> StepAsync(StatusRun run, string outcome, Task open)
    {
        var dead = Guid.NewGuid();
        var noted = new TaskCompletionSource();
        Assert.True(await _bench.Changes.Records.TakeAsync(run.Id, null, dead, CancellationToken.None));
        var part = (await _bench.Changes.Records.WholeAsync(run.Id, CancellationToken.None))!.Documents[..StatusExecution.Step];
        var step = _bench.Databases.WriteAsync(
            _bench.EnvironmentId,
            run.Tenant,
            async (context, _, token) =>
            {
                var changed = await context.SetStatusAsync(part, "error", "uploaded", token);
                Assert.True(await _bench.Changes.Records.AboutToAsync(run.Id, dead, (await context.TransactionAsync(token))!, part.Length, [.. changed], token));
                noted.SetResult();
                await (outcome == "in progress" ? open : Task.CompletedTask);
                return outcome == "aborted" ? throw new OperationCanceledException() : changed.Count;
            },
            CancellationToken.None);
        await noted.Task;
        var ended = step.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        await (outcome == "in progress" ? Task.CompletedTask : ended);
        return ended;
    }

    private async Task<StatusRun> FindAsync(StatusRun run, CancellationToken cancellationToken = default) =>
        (await _bench.Changes.Records.FindAsync(_bench.EnvironmentId, run.Tenant, run.Id, cancellationToken))!;

    private async Task<int> FailedAsync() => (int)await _bench.Fenced.Database.ScalarAsync<long>("SELECT count(*) FROM documents WHERE status = 'ERROR' AND original_name LIKE 'batch %'");
}
