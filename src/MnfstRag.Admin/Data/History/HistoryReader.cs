using System.Text;
using MnfstRag.Postgres.Watching;
using Npgsql;
using NpgsqlTypes;

namespace MnfstRag.Admin.Data.History;

/// <summary>Totals and series, straight from the store.</summary>
internal sealed class HistoryReader(StoreConnections connections)
{
    /// <summary>Up to this length a total is made of minutes where they are kept: its edges are exact to the minute.</summary>
    private static readonly TimeSpan ShortRange = TimeSpan.FromHours(3);

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>So far back a size is looked for that did not change since: sources repeat themselves once a day.</summary>
    private static readonly TimeSpan CarriedFrom = TimeSpan.FromHours(25);

    public async Task<IReadOnlyList<HistoryTotal>> TotalsAsync(HistoryKind kind, Guid environment, TimeRange range, CancellationToken cancellationToken)
    {
        await using var connection = await connections.Runtime.OpenConnectionAsync(cancellationToken);
        var pieces = await PiecesAsync(connection, kind, environment, range, range.Length <= ShortRange, cancellationToken, days: kind.ByDay);
        await using var command = new NpgsqlCommand(
            $"""
            SELECT s.key, s.details, s.first_seen, t.*
            FROM (
                SELECT subject, {HistorySql.Read(kind)}
                FROM ({HistorySql.Samples(kind, "subject IN (SELECT id FROM history.subjects WHERE environment = @environment AND kind = @kind)")}) samples
                GROUP BY subject
            ) t
            JOIN history.subjects s ON s.id = t.subject
            """,
            connection);
        pieces.AddTo(command);
        command.Parameters.Add(new NpgsqlParameter<Guid>("environment", environment));
        command.Parameters.Add(new NpgsqlParameter<string>("kind", kind.Name));
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        List<HistoryTotal> totals = [];
        while (await rows.ReadAsync(cancellationToken))
        {
            totals.Add(new HistoryTotal(
                rows.GetString(0),
                rows.IsDBNull(1) ? null : rows.GetString(1),
                Values(rows, kind, first: 4),
                rows.GetFieldValue<DateTimeOffset>(2)));
        }

        return totals;
    }

    public async Task<HistoryChanges> ChangesAsync(HistoryKind kind, string column, Guid environment, TimeRange range, CancellationToken cancellationToken)
    {
        await using var connection = await connections.Runtime.OpenConnectionAsync(cancellationToken);
        var pieces = await PiecesAsync(connection, kind, environment, range, range.Length <= ShortRange, cancellationToken, days: kind.ByDay);
        // Of tens of thousands of subjects few move: the others are told by one row, the oldest of all.
        await using var command = new NpgsqlCommand(
            $"""
            WITH changed AS MATERIALIZED (
                SELECT s.key, s.first_seen, t.total
                FROM (
                    SELECT subject, sum({kind.Columns[kind[column]].Name})::float8 AS total
                    FROM ({HistorySql.Samples(kind, "subject IN (SELECT id FROM history.subjects WHERE environment = @environment AND kind = @kind)")}) samples
                    GROUP BY subject
                ) t
                JOIN history.subjects s ON s.id = t.subject
            )
            SELECT NULL, NULL, min(first_seen) FROM changed
            UNION ALL
            SELECT key, total, NULL FROM changed WHERE total > 0
            """,
            connection);
        pieces.AddTo(command);
        command.Parameters.Add(new NpgsqlParameter<Guid>("environment", environment));
        command.Parameters.Add(new NpgsqlParameter<string>("kind", kind.Name));
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        DateTimeOffset? since = null;
        var sums = new Dictionary<string, double>(StringComparer.Ordinal);
        while (await rows.ReadAsync(cancellationToken))
        {
            if (rows.IsDBNull(0))
            {
                since = Time(rows, 2);
            }
            else
            {
                sums[rows.GetString(0)] = rows.GetDouble(1);
            }
        }

        return new HistoryChanges(sums, since);
    }

    public async Task<IReadOnlyDictionary<string, IReadOnlyList<HistoryPoint>>> SeriesAsync(
        HistoryKind kind, Guid environment, IReadOnlyCollection<string> subjects, TimeRange range, int points, CancellationToken cancellationToken)
    {
        var step = Step(range.Length / Math.Max(1, points));
        await using var connection = await connections.Runtime.OpenConnectionAsync(cancellationToken);
        var keys = await KeysAsync(connection, kind, environment, subjects, cancellationToken);
        if (keys.Count == 0)
        {
            return new Dictionary<string, IReadOnlyList<HistoryPoint>>(StringComparer.Ordinal);
        }

        var pieces = await PiecesAsync(connection, kind, environment, range, step < Hour, cancellationToken);
        if (pieces.HasHours && step < Hour)
        {
            step = Hour;
        }

        if (!pieces.HasHours && step < Hour)
        {
            step = Step(Longer(step, await PaceAsync(connection, kind, environment, range, cancellationToken)));
        }

        var covered = await CoveredAsync(connection, kind, environment, pieces, step, cancellationToken);
        var known = kind.Columns.Any(column => column.RollUp == RollUp.Last)
            ? await BeforeAsync(connection, kind, environment, keys, range, cancellationToken)
            : [];
        var found = new Dictionary<(int Subject, DateTimeOffset At), double?[]>();
        await using (var command = Bucketed(connection, kind, pieces, step, [.. keys.Keys]))
        await using (var rows = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await rows.ReadAsync(cancellationToken))
            {
                found[(rows.GetInt32(1), rows.GetFieldValue<DateTimeOffset>(0))] = Values(rows, kind, first: 2);
            }
        }

        return keys.ToDictionary(
            pair => pair.Value,
            pair => (IReadOnlyList<HistoryPoint>)new HistorySteps(kind, range, step, covered).Of(
                at => found.GetValueOrDefault((pair.Key, at)), known.GetValueOrDefault(pair.Key)),
            StringComparer.Ordinal);
    }

    private static NpgsqlCommand Bucketed(NpgsqlConnection connection, HistoryKind kind, HistoryPieces pieces, TimeSpan step, int[] subjects)
    {
        var command = new NpgsqlCommand(
            $"""
            SELECT date_bin(@step, at, 'epoch') AS bucket, subject, {HistorySql.Read(kind)}
            FROM ({HistorySql.Samples(kind, "subject = ANY(@subjects)")}) samples
            GROUP BY bucket, subject
            """,
            connection);
        pieces.AddTo(command);
        command.Parameters.Add(new NpgsqlParameter<TimeSpan>("step", step));
        command.Parameters.Add(new NpgsqlParameter<int[]>("subjects", NpgsqlDbType.Array | NpgsqlDbType.Integer) { TypedValue = subjects });
        return command;
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    /// <summary>What nine of ten samples cover at most: in a shorter step a reading that comes every 70 s would leave gaps that are none.</summary>
    private static async Task<TimeSpan> PaceAsync(NpgsqlConnection connection, HistoryKind kind, Guid environment, TimeRange range, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT percentile_disc(0.9) WITHIN GROUP (ORDER BY seconds)
            FROM history.coverage_minute
            WHERE source = (SELECT id FROM history.subjects WHERE environment = $1 AND kind = $2) AND at > $3 AND at <= $4
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = environment });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = HistoryWriter.SourceKind(kind) });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = range.From.UtcDateTime });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = range.To.UtcDateTime });
        return await command.ExecuteScalarAsync(cancellationToken) is float seconds ? TimeSpan.FromSeconds(Math.Floor(seconds)) : TimeSpan.Zero;
    }

    /// <summary>Observed seconds of each step.</summary>
    private static async Task<Dictionary<DateTimeOffset, TimeSpan>> CoveredAsync(
        NpgsqlConnection connection, HistoryKind kind, Guid environment, HistoryPieces pieces, TimeSpan step, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT date_bin(@step, at, 'epoch') AS bucket, sum(seconds)::float8
            FROM (
                SELECT at - interval '1 millisecond' AS at, source, seconds
                FROM history.coverage_minute
                WHERE (at > @from AND at <= @hfrom) OR (at > @hto AND at <= @to)
                UNION ALL
                SELECT at, source, seconds FROM history.coverage_hour WHERE at >= @hfrom AND at < @hto
            ) c
            WHERE source = (SELECT id FROM history.subjects WHERE environment = @environment AND kind = @kind)
            GROUP BY bucket
            """,
            connection);
        pieces.AddTo(command);
        command.Parameters.Add(new NpgsqlParameter<TimeSpan>("step", step));
        command.Parameters.Add(new NpgsqlParameter<Guid>("environment", environment));
        command.Parameters.Add(new NpgsqlParameter<string>("kind", HistoryWriter.SourceKind(kind)));
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var covered = new Dictionary<DateTimeOffset, TimeSpan>();
        while (await rows.ReadAsync(cancellationToken))
        {
            covered[rows.GetFieldValue<DateTimeOffset>(0)] = TimeSpan.FromSeconds(rows.GetDouble(1));
        }

        return covered;
    }

    /// <summary>What was known of each subject right before the range.</summary>
    private static async Task<Dictionary<int, double?[]>> BeforeAsync(
        NpgsqlConnection connection, HistoryKind kind, Guid environment, Dictionary<int, string> keys, TimeRange range, CancellationToken cancellationToken)
    {
        var before = new TimeRange(range.From - CarriedFrom, range.From);
        var pieces = await PiecesAsync(connection, kind, environment, before, minutes: false, cancellationToken);
        await using var command = new NpgsqlCommand(
            $"SELECT subject, {HistorySql.Read(kind)} FROM ({HistorySql.Samples(kind, "subject = ANY(@subjects)")}) samples GROUP BY subject", connection);
        pieces.AddTo(command);
        command.Parameters.Add(new NpgsqlParameter<int[]>("subjects", NpgsqlDbType.Array | NpgsqlDbType.Integer) { TypedValue = [.. keys.Keys] });
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var known = new Dictionary<int, double?[]>();
        while (await rows.ReadAsync(cancellationToken))
        {
            known[rows.GetInt32(0)] = Values(rows, kind, first: 1);
        }

        return known;
    }

    private static async Task<Dictionary<int, string>> KeysAsync(
        NpgsqlConnection connection, HistoryKind kind, Guid environment, IReadOnlyCollection<string> subjects, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT id, key FROM history.subjects WHERE environment = $1 AND kind = $2 AND key = ANY($3)", connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = environment });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = kind.Name });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. subjects] });
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var keys = new Dictionary<int, string>();
        while (await rows.ReadAsync(cancellationToken))
        {
            keys[rows.GetInt32(0)] = rows.GetString(1);
        }

        return keys;
    }

    private static async Task<HistoryPieces> PiecesAsync(
        NpgsqlConnection connection, HistoryKind kind, Guid environment, TimeRange range, bool minutes, CancellationToken cancellationToken, bool days = false)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT (SELECT min(at) FROM history.coverage_minute WHERE source = s.id),
                   (SELECT min(at) FROM history.coverage_hour WHERE source = s.id),
                   (SELECT max(at) + interval '1 hour' FROM history.coverage_hour WHERE source = s.id),
                   (SELECT max(at) + interval '1 day' FROM history.coverage_day WHERE source = s.id)
            FROM history.subjects s
            WHERE s.environment = $1 AND s.kind = $2
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = environment });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = HistoryWriter.SourceKind(kind) });
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        return await rows.ReadAsync(cancellationToken)
            ? HistoryPieces.Of(range, Time(rows, 0), Time(rows, 1), Time(rows, 2), minutes).ByDay(days ? Time(rows, 3) : null)
            : HistoryPieces.Of(range, null, null, null, minutes: true);
    }

    private static DateTimeOffset? Time(NpgsqlDataReader rows, int column) => rows.IsDBNull(column) ? null : rows.GetFieldValue<DateTimeOffset>(column);

    private static double?[] Values(NpgsqlDataReader rows, HistoryKind kind, int first)
    {
        var values = new double?[kind.Columns.Count];
        for (var column = 0; column < values.Length; column++)
        {
            values[column] = rows.IsDBNull(first + column) ? null : rows.GetDouble(first + column);
        }

        return values;
    }

    /// <summary>Whole minutes, or whole hours: samples never straddle a step.</summary>
    private static TimeSpan Step(TimeSpan wanted)
    {
        var unit = wanted > Hour ? Hour : TimeSpan.FromMinutes(1);
        return unit * Math.Max(1, Math.Ceiling(wanted / unit));
    }
}
