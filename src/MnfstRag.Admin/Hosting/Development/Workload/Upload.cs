using Npgsql;
using static MnfstRag.Admin.Hosting.Development.Workload.Statements;

namespace MnfstRag.Admin.Hosting.Development.Workload;

/// <summary>A document that is uploaded, worked on, and then done or failed.</summary>
internal sealed class Upload(SamplePeople people, TimeProvider time) : IWorkloadActor
{
    private readonly Random random = new(200);
    private readonly RingIds ids = new(kind: 8, size: 60);
    private int count;

    public TimeSpan NextPause() => TimeSpan.FromMilliseconds(random.Next(2000, 6000));

    public async Task ActAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        var visit = people.Any(random);
        var id = ids.Next();
        count++;
        await RunAsync(source, $"DELETE FROM documents WHERE documents.id = {Literal(id)}", cancellationToken);
        await RunAsync(
            source,
            $"""
            INSERT INTO documents (id, created_at, updated_at, filename, original_name, size, mime_type, status, tenant_id, user_id)
            VALUES ({Literal(id)}, now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC', '{id}.pdf', 'Quarterly Review draft {count % 60}.pdf', {random.Next(20_000, 9_000_000)}, 'application/pdf', 'UPLOADED', {Literal(visit.Tenant)}, {Literal(visit.User)})
            """,
            cancellationToken);
        await Task.Delay(TimeSpan.FromMilliseconds(random.Next(800, 2000)), time, cancellationToken);
        await MoveAsync(source, id, "status='PROCESSING'", cancellationToken);
        await Task.Delay(TimeSpan.FromMilliseconds(random.Next(1500, 5000)), time, cancellationToken);
        var end = random.Next(8) == 0
            ? "status='ERROR', error='Embedding request failed: 429 Too Many Requests after 5 attempts'"
            : "status='PROCESSED', processed_at=now() AT TIME ZONE 'UTC'";
        await MoveAsync(source, id, end, cancellationToken);
    }

    private static Task MoveAsync(NpgsqlDataSource source, Guid id, string change, CancellationToken cancellationToken)
        => RunAsync(
            source,
            $"UPDATE documents SET updated_at=now() AT TIME ZONE 'UTC', {change} WHERE documents.id = {Literal(id)}",
            cancellationToken);
}
