using Npgsql;
using static MnfstRag.Admin.Hosting.Development.Workload.Statements;

namespace MnfstRag.Admin.Hosting.Development.Workload;

/// <summary>Two edits of one tenant at a time: the second waits a moment for the first one's row lock.</summary>
internal sealed class TenantEdit(SamplePeople people, TimeProvider time) : IWorkloadActor
{
    private readonly Random random = new(300);

    public TimeSpan NextPause() => TimeSpan.FromMilliseconds(random.Next(12_000, 30_000));

    public async Task ActAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        var edit = $"UPDATE tenants SET updated_at=now() AT TIME ZONE 'UTC' WHERE tenants.id = {Literal(people.Any(random).Tenant)}";
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await RunAsync(connection, edit, cancellationToken);
        var second = RunAsync(source, edit, cancellationToken);
        try
        {
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(1200, 2600)), time, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        finally
        {
            // When the first edit fails its transaction ends, and with it the second one's wait.
            await transaction.DisposeAsync();
            await second;
        }
    }
}
