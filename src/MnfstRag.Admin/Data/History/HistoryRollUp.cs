using Npgsql;

namespace MnfstRag.Admin.Data.History;

/// <summary>
/// Makes hours of minutes once they are over, and forgets subjects that no hour knows any more. An hour that stands is never
/// made again, so that a restart, a second instance or a repeated attempt changes nothing.
/// </summary>
internal sealed class HistoryRollUp(StoreConnections connections, HistorySchema schema, HistoryWriter writer, TimeProvider clock)
{
    /// <summary>Stragglers of an hour have this long to be written.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(3);

    /// <summary>Rolls up every hour of <paramref name="kind"/> that is over and still has its minutes; returns how many there were.</summary>
    /// <exception cref="NpgsqlException">The store does not answer or refuses.</exception>
    public async Task<int> RunAsync(HistoryKind kind, CancellationToken cancellationToken)
    {
        var hours = await DueAsync(kind, cancellationToken);
        foreach (var hour in hours)
        {
            await schema.EnsureDayAsync(hour, cancellationToken);
            await RollAsync(kind, hour, cancellationToken);
        }

        return hours.Count;
    }

    /// <summary>Forgets subjects not seen for longer than hours are kept.</summary>
    public async Task CleanAsync(TimeSpan kept, CancellationToken cancellationToken)
    {
        await using var command = connections.Runtime.CreateCommand("DELETE FROM history.subjects WHERE last_seen < $1");
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = (clock.GetUtcNow() - kept).UtcDateTime });
        if (await command.ExecuteNonQueryAsync(cancellationToken) > 0)
        {
            writer.Forget();
        }
    }

    private async Task<List<DateTimeOffset>> DueAsync(HistoryKind kind, CancellationToken cancellationToken)
    {
        await using var command = connections.Runtime.CreateCommand(
            """
            SELECT DISTINCT date_bin('1 hour', m.at - interval '1 millisecond', 'epoch') AS hour
            FROM history.coverage_minute m
            JOIN history.subjects s ON s.id = m.source AND s.kind = $1
            WHERE m.at < $2
              AND NOT EXISTS (
                  SELECT FROM history.coverage_hour h
                  WHERE h.source = m.source AND h.at = date_bin('1 hour', m.at - interval '1 millisecond', 'epoch'))
            ORDER BY hour
            """);
        var now = clock.GetUtcNow() - Grace;
        var over = new DateTimeOffset(now.Year, now.Month, now.Day, now.Hour, 0, 0, TimeSpan.Zero);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = HistoryWriter.SourceKind(kind) });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = over.UtcDateTime.AddMilliseconds(1) });
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        List<DateTimeOffset> hours = [];
        while (await rows.ReadAsync(cancellationToken))
        {
            hours.Add(rows.GetFieldValue<DateTimeOffset>(0));
        }

        hours.RemoveAll(hour => hour >= over);
        return hours;
    }

    /// <summary>One statement: the coverage row that says the hour is made, and the hour, stand or fall together.</summary>
    private async Task RollAsync(HistoryKind kind, DateTimeOffset hour, CancellationToken cancellationToken)
    {
        var columns = string.Join(", ", kind.Columns.Select(column => column.Name));
        await using var command = connections.Runtime.CreateCommand(
            $"""
            WITH due AS (
                INSERT INTO history.coverage_hour (at, source, seconds)
                SELECT $1, m.source, sum(m.seconds)
                FROM history.coverage_minute m
                JOIN history.subjects s ON s.id = m.source AND s.kind = $3
                WHERE m.at > $1 AND m.at <= $2
                GROUP BY m.source
                ON CONFLICT DO NOTHING
                RETURNING source
            ), environments AS (
                SELECT s.environment FROM due JOIN history.subjects s ON s.id = due.source
            ), samples AS (
                SELECT m.*, 1 AS w
                FROM history.{HistoryTable.NameOf(kind, byHour: false)} m
                JOIN history.subjects s ON s.id = m.subject
                WHERE m.at > $1 AND m.at <= $2 AND s.environment IN (SELECT environment FROM environments)
            ), made AS (
                INSERT INTO history.{HistoryTable.NameOf(kind, byHour: true)} (at, subject, {columns})
                SELECT $1, subject, {HistorySql.RolledUp(kind)}
                FROM samples
                GROUP BY subject
                RETURNING subject
            )
            UPDATE history.subjects s SET last_seen = $1
            WHERE (s.id IN (SELECT subject FROM made) OR s.id IN (SELECT source FROM due)) AND s.last_seen < $1 - interval '1 day'
            """);
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = hour.UtcDateTime });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = hour.UtcDateTime.AddHours(1) });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = HistoryWriter.SourceKind(kind) });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
