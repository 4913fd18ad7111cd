using Npgsql;
using NpgsqlTypes;

namespace MnfstRag.Admin.Access.Audit;

/// <summary>Appends one row inside the caller's transaction. Others wait until it ends, so that sequence and chain have no gaps.</summary>
internal static class AuditAppend
{
    private const string Insert =
        """
        INSERT INTO audit.entries
            (sequence, version, at, phase, action, actor_id, actor_name, environment, object, outcome, correlation, details, previous_hash, hash)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
        """;

    public static async Task<(Guid Correlation, AuditHead Head)> AppendAsync(
        NpgsqlTransaction transaction, AuditEvent entry, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (last, previous) = await LockHeadAsync(transaction, cancellationToken);
        var correlation = entry.Correlation ?? Guid.CreateVersion7(now);
        var row = AuditRow.From(entry, last + 1, correlation, now);
        var hash = AuditChain.HashOf(previous, row);

        await using var insert = new NpgsqlCommand(Insert, transaction.Connection, transaction);
        insert.Parameters.Add(new NpgsqlParameter<long> { TypedValue = row.Sequence });
        insert.Parameters.Add(new NpgsqlParameter<short> { TypedValue = AuditChain.Version });
        insert.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = row.At });
        insert.Parameters.Add(new NpgsqlParameter<string> { TypedValue = row.Phase });
        insert.Parameters.Add(new NpgsqlParameter<string> { TypedValue = row.Action });
        insert.Parameters.Add(new NpgsqlParameter { Value = row.ActorId is { } actor ? actor : DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        foreach (var text in new[] { row.ActorName, row.Environment, row.Object, row.Outcome })
        {
            insert.Parameters.Add(new NpgsqlParameter { Value = text is null ? DBNull.Value : text, NpgsqlDbType = NpgsqlDbType.Text });
        }

        insert.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = row.Correlation });
        insert.Parameters.Add(new NpgsqlParameter<string> { TypedValue = AuditDetails.Write(row.Details), NpgsqlDbType = NpgsqlDbType.Jsonb });
        insert.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = previous });
        insert.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = hash });
        await insert.ExecuteNonQueryAsync(cancellationToken);
        return (correlation, new AuditHead(row.Sequence, Convert.ToHexStringLower(hash)));
    }

    // Two statements: the second sees what was committed while the first waited.
    private static async Task<(long Sequence, byte[] Hash)> LockHeadAsync(NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction);
        var wait = new NpgsqlBatchCommand("SELECT pg_advisory_xact_lock($1)");
        wait.Parameters.Add(new NpgsqlParameter<long> { TypedValue = AuditChain.AppendLock });
        batch.BatchCommands.Add(wait);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("SELECT sequence, hash FROM audit.entries ORDER BY sequence DESC LIMIT 1"));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? (reader.GetInt64(0), reader.GetFieldValue<byte[]>(1))
            : (0, AuditChain.Origin);
    }
}
