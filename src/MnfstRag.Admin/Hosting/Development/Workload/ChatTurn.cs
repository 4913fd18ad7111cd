using Npgsql;
using static MnfstRag.Admin.Hosting.Development.Workload.Statements;

namespace MnfstRag.Admin.Hosting.Development.Workload;

/// <summary>A question and its answer in one transaction that stays open while the model thinks: idle in transaction, as in the wild.</summary>
internal sealed class ChatTurn(SamplePeople people, TimeProvider time, int lane) : IWorkloadActor
{
    private readonly Random random = new(100 + lane);
    private readonly RingIds ids = new(lane, 400);

    public TimeSpan NextPause() => TimeSpan.FromMilliseconds(random.Next(700, 3500));

    public async Task ActAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        var visit = people.Any(random);
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await SayAsync(connection, visit.Session, "USER", "Does the newest version of the handbook still allow this?", cancellationToken);
        await RunAsync(
            connection,
            $"""
            SELECT messages.role, messages.content
            FROM messages
            WHERE messages.session_id = {Literal(visit.Session)} ORDER BY messages.timestamp DESC
             LIMIT 10
            """,
            cancellationToken);
        await Task.Delay(TimeSpan.FromMilliseconds(random.Next(300, 1800)), time, cancellationToken);
        await SayAsync(connection, visit.Session, "ASSISTANT", "It does, within the limits of section 4 [1].\n\n[1] Employee Handbook, p. 12", cancellationToken);
        await RunAsync(
            connection,
            $"UPDATE sessions SET updated_at=now() AT TIME ZONE 'UTC' WHERE sessions.id = {Literal(visit.Session)}",
            cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private async Task SayAsync(NpgsqlConnection connection, Guid session, string role, string content, CancellationToken cancellationToken)
    {
        var id = Literal(ids.Next());
        await RunAsync(connection, $"DELETE FROM messages WHERE messages.id = {id}", cancellationToken);
        await RunAsync(
            connection,
            $"""
            INSERT INTO messages (id, created_at, updated_at, content, role, session_id, timestamp)
            SELECT {id}, said, said, {Literal(content)}, {Literal(role)}::messagerole, {Literal(session)}, said FROM (SELECT clock_timestamp() AT TIME ZONE 'UTC') AS moment (said)
            """,
            cancellationToken);
    }
}
