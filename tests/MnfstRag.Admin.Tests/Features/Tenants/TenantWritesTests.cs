using System.Text;
using MnfstRag.Admin.Data.Tenants;
using MnfstRag.Admin.Features.Tenants;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Fencing;
using MnfstRag.Postgres.Watching.Hosts;
using MnfstRag.Testing;

namespace MnfstRag.Admin.Tests.Features.Tenants;

/// <summary>Rows of tenants are written where the environment's one primary is, or nowhere.</summary>
public sealed class TenantWritesTests
{
    private static readonly byte[] Records = Encoding.UTF8.GetBytes("original_name,size,mime_type,status,uploader\nnew.pdf,10,application/pdf,processed,a1@example.org\n");

    private static readonly StatusChange Change = new(null, new DocumentFilter(), "error", "uploaded", "the key of the embedding service was renewed");

    [Theory]
    [InlineData(PrimaryState.Lost, "no other host is a primary")]
    [InlineData(PrimaryState.SplitBrain, "both take writes")]
    public async Task Nothing_is_written_while_the_primary_is_lost_or_doubled(PrimaryState state, string words)
    {
        await using var bench = await TenantBench.StartAsync(ProductShape.Migrations);
        See(bench, state, new DatabaseHost("127.0.0.1", 1), new DatabaseHost("127.0.0.1", 2));

        var (run, fault) = await bench.Statuses.BeginAsync(null, ProductSamples.TenantA, Change);
        var check = await Assert.ThrowsAsync<TenantUnavailableException>(() => bench.Transfers.CheckAsync(null, ProductSamples.TenantA, "records.csv", Records));
        var report = await bench.Transfers.ImportAsync(null, ProductSamples.TenantA, "records.csv", Records, skipFaulty: false);

        Assert.Null(run);
        Assert.Contains(words, fault, StringComparison.Ordinal);
        Assert.Equal((fault, fault, 0L), (check.Message, report.Fault, report.Made));
        Assert.Empty(bench.Audited);
        Assert.Equal(5, (await bench.Documents.PageAsync(null, ProductSamples.TenantA, new DocumentFilter { Status = "error" }, null)).Page.Rows.Count);
    }

    [Fact]
    public async Task A_change_that_stopped_goes_on_only_where_there_is_a_primary()
    {
        await using var bench = await TenantBench.StartAsync(ProductShape.Migrations);
        await using var holder = await bench.Fenced.Database.OpenAsync();
        await using var transaction = await holder.BeginTransactionAsync();
        await using (var hold = new Npgsql.NpgsqlCommand("LOCK TABLE documents IN ACCESS EXCLUSIVE MODE", holder, transaction))
        {
            await hold.ExecuteNonQueryAsync();
        }

        // A lock stops it, as any fault would.
        var (begun, _) = await bench.Statuses.BeginAsync(null, ProductSamples.TenantA, Change with { Documents = [await bench.Fenced.Database.ScalarAsync<Guid>("SELECT md5('x')::uuid")] });
        var stopped = await bench.EndAsync(begun!);
        await transaction.RollbackAsync();
        See(bench, PrimaryState.Lost, new DatabaseHost("127.0.0.1", 1), new DatabaseHost("127.0.0.1", 2));
        var (none, fault) = await bench.Statuses.ResumeAsync(null, ProductSamples.TenantA, stopped.Id);
        See(bench, PrimaryState.Known, new DatabaseHost("127.0.0.1", bench.Fenced.Database.Server.Port));
        var (resumed, _) = await bench.Statuses.ResumeAsync(null, ProductSamples.TenantA, stopped.Id);

        Assert.Equal(StatusRunState.Stopped, stopped.State);
        Assert.Null(none);
        Assert.StartsWith("Nothing is written now", fault, StringComparison.Ordinal);
        Assert.Equal(StatusRunState.Done, (await bench.EndAsync(resumed!)).State);
    }

    [Fact]
    public async Task A_credential_of_several_hosts_writes_at_the_primary_alone_and_reads_where_it_leads()
    {
        await using var bench = await TenantBench.StartAsync(ProductShape.Migrations);
        var (here, gone) = (new DatabaseHost("127.0.0.1", bench.Fenced.Database.Server.Port), new DatabaseHost("127.0.0.1", 1));
        var reader = bench.Fenced.Reader;
        bench.FenceUrl = $"postgresql://{reader.Name}:{reader.Password}@{here},{gone}/{bench.Fenced.Database.Name}?sslmode=disable";
        See(bench, PrimaryState.Known, gone, here);
        var elsewhere = await bench.Transfers.ImportAsync(null, ProductSamples.TenantA, "records.csv", Records, skipFaulty: false);
        See(bench, PrimaryState.Known, here, gone);
        var report = await bench.Transfers.ImportAsync(null, ProductSamples.TenantA, "records.csv", Records, skipFaulty: false);

        Assert.Contains("Nothing listens at 127.0.0.1:1.", elsewhere.Fault, StringComparison.Ordinal);
        Assert.Equal((1L, null), (report.Made, report.Fault));
        Assert.Equal(6, (await bench.Documents.PageAsync(null, ProductSamples.TenantA, new DocumentFilter(), null)).Page.Rows.Count);
    }

    private static void See(TenantBench bench, PrimaryState state, params DatabaseHost[] hosts)
    {
        bench.Watches.Update([new(bench.EnvironmentId, TenantBench.Environment, new HashSet<Admin.Data.CredentialKind>())]);
        bench.Watches.Find(TenantBench.Environment)!.Publish(Snapshots.Live() with
        {
            EnvironmentId = bench.EnvironmentId,
            Environment = TenantBench.Environment,
            PublishedAt = TimeProvider.System.GetUtcNow(),
            Hosts = new HostTopology([.. hosts.Select(host => new WatchedHost(host, null, null, null, null, null, null))], new PrimaryStanding(state, hosts[0], TimeProvider.System.GetUtcNow(), 1, hosts), hosts[^1]),
        });
    }
}
