using Npgsql;

namespace MnfstRag.Admin.Data.History;

/// <summary>
/// Makes hours of minutes once they are over, days of hours, and forgets subjects that no hour knows any more. An hour that stands is
/// never made again, so that a restart, a second instance or a repeated attempt changes nothing; a day is, when an hour of it came late.
/// </summary>
internal sealed class HistoryRollUp(StoreConnections connections, HistorySchema schema, HistoryWriter writer, TimeProvider clock)
{
    /// <summary>Stragglers of an hour have this long to be written.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(3);

    /// <summary>Rolls up every hour of <paramref name="kind"/> that is over and still has its minutes, then every day that is over; returns how many hours there were.</summary>
    /// <exception cref="NpgsqlException">The store does not answer or refuses.</exception>
    public async Task<int> RunAsync(HistoryKind kind, CancellationToken cancellationToken)
    {
        var hours = await DueHoursAsync(kind, cancellationToken);
        foreach (var hour in hours)
        {
            await schema.EnsureDayAsync(hour, cancellationToken);
            await MakeHourAsync(kind, hour, cancellationToken);
        }

        if (kind.ByDay)
        {
            foreach (var day in await DueDaysAsync(kind, cancellationToken))
            {
                await schema.EnsureDayAsync(day, cancellationToken);
                await MakeDayAsync(kind, day, cancellationToken);
            }
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

    private async Task<List<DateTimeOffset>> DueHoursAsync(HistoryKind kind, CancellationToken cancellationToken)
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
        var hours = await TimesAsync(command, cancellationToken);
        hours.RemoveAll(hour => hour >= over);
        return hours;
    }

    private async Task<List<DateTimeOffset>> DueDaysAsync(HistoryKind kind, CancellationToken cancellationToken)
    {
        await using var command = connections.Runtime.CreateCommand(
            """
            SELECT DISTINCT date_bin('1 day', h.at, 'epoch') AS day
            FROM history.coverage_hour h
            JOIN history.subjects s ON s.id = h.source AND s.kind = $1
            WHERE h.at < $2
              AND NOT EXISTS (SELECT FROM history.coverage_day d WHERE d.source = h.source AND d.at = date_bin('1 day', h.at, 'epoch'))
            ORDER BY day
            """);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = HistoryWriter.SourceKind(kind) });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = (clock.GetUtcNow() - Grace).UtcDateTime.Date });
        return await TimesAsync(command, cancellationToken);
    }

    private static async Task<List<DateTimeOffset>> TimesAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        List<DateTimeOffset> times = [];
        while (await rows.ReadAsync(cancellationToken))
        {
            times.Add(rows.GetFieldValue<DateTimeOffset>(0));
        }

        return times;
    }

    /// <summary>One statement: the coverage row that says the hour is made, and the hour, stand or fall together.</summary>
    private async Task MakeHourAsync(HistoryKind kind, DateTimeOffset hour, CancellationToken cancellationToken)
    {
        var columns = string.Join(", ", kind.Columns.Select(column => column.Name));
        var unmade = !kind.ByDay ? "" : $"""

            ), unseen AS (
                DELETE FROM history.coverage_day WHERE at = date_bin('1 day', $1, 'epoch') AND source IN (SELECT source FROM due)
            ), unmade AS (
                DELETE FROM history.{HistoryTable.NameOf(kind, HistoryGrain.Day)} d USING history.subjects s
                WHERE d.at = date_bin('1 day', $1, 'epoch') AND s.id = d.subject AND s.environment IN (SELECT environment FROM environments)
            """;
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
                FROM history.{HistoryTable.NameOf(kind, HistoryGrain.Minute)} m
                JOIN history.subjects s ON s.id = m.subject
                WHERE m.at > $1 AND m.at <= $2 AND s.environment IN (SELECT environment FROM environments)
            ), made AS (
                INSERT INTO history.{HistoryTable.NameOf(kind, HistoryGrain.Hour)} (at, subject, {columns})
                SELECT $1, subject, {HistorySql.RolledUp(kind)}
                FROM samples
                GROUP BY subject
                RETURNING subject{unmade}
            )
            UPDATE history.subjects s SET last_seen = $1
            WHERE (s.id IN (SELECT subject FROM made) OR s.id IN (SELECT source FROM due)) AND s.last_seen < $1 - interval '1 day'
            """);
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = hour.UtcDateTime });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = hour.UtcDateTime.AddHours(1) });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = HistoryWriter.SourceKind(kind) });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The same for a day: its coverage row and the day stand or fall together.</summary>
    private async Task MakeDayAsync(HistoryKind kind, DateTimeOffset day, CancellationToken cancellationToken)
    {
        var columns = string.Join(", ", kind.Columns.Select(column => column.Name));
        await using var command = connections.Runtime.CreateCommand(
            $"""
            WITH due AS (
                INSERT INTO history.coverage_day (at, source, seconds)
                SELECT $1, h.source, sum(h.seconds)
                FROM history.coverage_hour h
                JOIN history.subjects s ON s.id = h.source AND s.kind = $3
                WHERE h.at >= $1 AND h.at < $2
                GROUP BY h.source
                ON CONFLICT DO NOTHING
                RETURNING source
            ), samples AS (
                SELECT h.*, 60 AS w
                FROM history.{HistoryTable.NameOf(kind, HistoryGrain.Hour)} h
                JOIN history.subjects s ON s.id = h.subject
                WHERE h.at >= $1 AND h.at < $2 AND s.environment IN (SELECT o.environment FROM due JOIN history.subjects o ON o.id = due.source)
            )
            INSERT INTO history.{HistoryTable.NameOf(kind, HistoryGrain.Day)} (at, subject, hours, {columns})
            SELECT $1, subject, count(*), {HistorySql.RolledUp(kind)}
            FROM samples
            GROUP BY subject
            """);
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = day.UtcDateTime });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = day.UtcDateTime.AddDays(1) });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = HistoryWriter.SourceKind(kind) });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
