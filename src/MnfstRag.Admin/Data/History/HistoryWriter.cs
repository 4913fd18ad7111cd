using System.Collections.Concurrent;
using Npgsql;
using NpgsqlTypes;

namespace MnfstRag.Admin.Data.History;

/// <summary>Writes batches, each in one transaction: a batch is there as a whole or not at all, and never twice.</summary>
internal sealed class HistoryWriter(StoreConnections connections, HistorySchema schema)
{
    /// <summary>A batch may begin this much before the one before it ended: clocks are read twice.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<(Guid Environment, string Kind, string Key), (int Id, string? Details)> _subjects = new();

    /// <summary>Writes <paramref name="batch"/>.</summary>
    /// <returns>False when its time is covered already: by another instance, or by a first attempt whose answer was lost.</returns>
    /// <exception cref="NpgsqlException">The store does not answer or refuses.</exception>
    public async Task<bool> WriteAsync(HistoryKind kind, Guid environment, HistoryBatch batch, CancellationToken cancellationToken)
    {
        await schema.EnsureDayAsync(batch.At, cancellationToken);
        var written = false;
        try
        {
            written = await WriteOneAsync(kind, environment, batch, cancellationToken);
            return written;
        }
        finally
        {
            if (!written)
            {
                // What was rolled back took the ids that it made along.
                Forget();
            }
        }
    }

    /// <summary>Forgets which subjects the store has: some may have been cleaned away.</summary>
    public void Forget() => _subjects.Clear();

    /// <summary>The subject that stands for a whole kind of one environment in the coverage tables.</summary>
    public static string SourceKind(HistoryKind kind) => kind.Name + ".coverage";

    private async Task<bool> WriteOneAsync(HistoryKind kind, Guid environment, HistoryBatch batch, CancellationToken cancellationToken)
    {
        await using var connection = await connections.Runtime.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var source = (await IdsAsync(connection, environment, SourceKind(kind), [new HistorySample(string.Empty, [])], batch.At, cancellationToken))[0];
        if (!await CoverAsync(connection, source, batch, cancellationToken))
        {
            return false;
        }

        if (batch.Samples.Count > 0)
        {
            var ids = await IdsAsync(connection, environment, kind.Name, batch.Samples, batch.At, cancellationToken);
            await CopyAsync(connection, kind, batch, ids, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private static async Task<bool> CoverAsync(NpgsqlConnection connection, int source, HistoryBatch batch, CancellationToken cancellationToken)
    {
        // Losing the last second of history in a crash of the store is no harm; waiting for its disk once a second would be.
        await using var command = new NpgsqlCommand(
            """
            INSERT INTO history.coverage_minute (at, source, seconds)
            SELECT $1, $2, $3
            WHERE set_config('synchronous_commit', 'off', true) IS NOT NULL
              AND NOT EXISTS (SELECT FROM history.coverage_minute WHERE source = $2 AND at > $4)
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = batch.At.UtcDateTime });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = source });
        command.Parameters.Add(new NpgsqlParameter<float> { TypedValue = (float)batch.Covers.TotalSeconds });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = (batch.At - batch.Covers + Tolerance).UtcDateTime });
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    private static async Task CopyAsync(NpgsqlConnection connection, HistoryKind kind, HistoryBatch batch, int[] ids, CancellationToken cancellationToken)
    {
        var columns = string.Join(", ", kind.Columns.Select(column => column.Name));
        await using var import = await connection.BeginBinaryImportAsync(
            $"COPY history.{HistoryTable.NameOf(kind, HistoryGrain.Minute)} (at, subject, {columns}) FROM STDIN (FORMAT BINARY)", cancellationToken);
        for (var row = 0; row < ids.Length; row++)
        {
            await import.StartRowAsync(cancellationToken);
            await import.WriteAsync(batch.At.UtcDateTime, NpgsqlDbType.TimestampTz, cancellationToken);
            await import.WriteAsync(ids[row], NpgsqlDbType.Integer, cancellationToken);
            for (var column = 0; column < kind.Columns.Count; column++)
            {
                if (batch.Samples[row].Values[column] is not { } value || double.IsNaN(value))
                {
                    await import.WriteNullAsync(cancellationToken);
                }
                else if (kind.Columns[column].Whole)
                {
                    await import.WriteAsync((long)value, NpgsqlDbType.Bigint, cancellationToken);
                }
                else
                {
                    await import.WriteAsync((float)value, NpgsqlDbType.Real, cancellationToken);
                }
            }
        }

        await import.CompleteAsync(cancellationToken);
    }

    /// <summary>Ids of the samples' subjects, in their order; those the store has not heard of, or whose details changed, are written.</summary>
    private async Task<int[]> IdsAsync(
        NpgsqlConnection connection, Guid environment, string kind, IReadOnlyList<HistorySample> samples, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var fresh = samples
            .Where(sample => !_subjects.TryGetValue((environment, kind, sample.Subject), out var known) || (sample.Details is not null && sample.Details != known.Details))
            .DistinctBy(sample => sample.Subject, StringComparer.Ordinal)
            .ToList();
        if (fresh.Count > 0)
        {
            await using var command = new NpgsqlCommand(
                """
                INSERT INTO history.subjects AS s (environment, kind, key, details, first_seen, last_seen)
                SELECT $1, $2, key, details, $5, $5 FROM unnest($3::text[], $4::text[]) AS given (key, details)
                ON CONFLICT (environment, kind, key) DO UPDATE SET details = coalesce(EXCLUDED.details, s.details)
                RETURNING key, id
                """,
                connection);
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = environment });
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = kind });
            command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. fresh.Select(sample => sample.Subject)] });
            command.Parameters.Add(new NpgsqlParameter<string?[]> { TypedValue = [.. fresh.Select(sample => sample.Details)] });
            command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = at.UtcDateTime });
            var details = fresh.ToDictionary(sample => sample.Subject, sample => sample.Details, StringComparer.Ordinal);
            await using var rows = await command.ExecuteReaderAsync(cancellationToken);
            while (await rows.ReadAsync(cancellationToken))
            {
                var key = rows.GetString(0);
                _subjects[(environment, kind, key)] = (rows.GetInt32(1), details[key]);
            }
        }

        return [.. samples.Select(sample => _subjects[(environment, kind, sample.Subject)].Id)];
    }
}
