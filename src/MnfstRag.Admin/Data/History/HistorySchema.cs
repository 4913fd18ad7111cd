using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Options;
using Npgsql;

namespace MnfstRag.Admin.Data.History;

/// <summary>
/// Makes the tables of schema <c>history</c> from the kinds, a day's partitions ahead of time, and drops those that are too old.
/// The role of daily use owns these tables: they hold figures and no secrets, and only an owner can make and drop partitions.
/// The schema itself is the migrator's, who lets it create there and nowhere else.
/// </summary>
internal sealed class HistorySchema(StoreConnections connections, IEnumerable<HistoryKind> kinds, IOptions<HistoryOptions> options, TimeProvider clock)
{
    // Any fixed number: one instance at a time makes or drops tables.
    private const long TableLock = 0x6D6E_6673_7402;

    private readonly FrozenDictionary<string, HistoryTable> _tables =
        HistoryTable.Common.Concat(kinds.SelectMany(HistoryTable.Of)).ToFrozenDictionary(table => table.Name, StringComparer.Ordinal);

    private readonly Lock _lock = new();
    private readonly HashSet<DateOnly> _days = [];

    /// <summary>Makes what is missing: tables, columns of kinds that grew, partitions of today and tomorrow.</summary>
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        var sql = new StringBuilder(
            $"""
            CREATE TABLE IF NOT EXISTS history.subjects (
                id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, environment uuid NOT NULL, kind text NOT NULL, key text NOT NULL,
                details text, first_seen timestamptz NOT NULL, last_seen timestamptz NOT NULL, UNIQUE (environment, kind, key));

            """);
        foreach (var table in _tables.Values)
        {
            sql.Append(CultureInfo.InvariantCulture, $"CREATE TABLE IF NOT EXISTS history.{table.Name} (at timestamptz NOT NULL, {table.Columns}) PARTITION BY RANGE (at);\n");
            foreach (var (name, definition) in table.Indexes)
            {
                sql.Append(CultureInfo.InvariantCulture, $"CREATE INDEX IF NOT EXISTS {name} ON history.{table.Name} {definition};\n");
            }
        }

        foreach (var kind in kinds)
        {
            var columns = string.Join(", ", kind.Columns.Select(column => $"ADD COLUMN IF NOT EXISTS {column.Name} {HistoryTable.TypeOf(column)}"));
            foreach (var table in HistoryTable.Of(kind))
            {
                sql.Append(CultureInfo.InvariantCulture, $"ALTER TABLE history.{table.Name} {columns};\n");
            }
        }

        await AlterAsync(sql.ToString(), cancellationToken);
        await EnsureAheadAsync(cancellationToken);
    }

    /// <summary>Makes the partitions of today and tomorrow.</summary>
    public async Task EnsureAheadAsync(CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        await EnsureDayAsync(today, cancellationToken);
        await EnsureDayAsync(today.AddDays(1), cancellationToken);
    }

    /// <summary>Makes the partitions of the day that <paramref name="at"/> falls in, unless this instance knows that they are there.</summary>
    public Task EnsureDayAsync(DateTimeOffset at, CancellationToken cancellationToken) =>
        EnsureDayAsync(DateOnly.FromDateTime(at.UtcDateTime), cancellationToken);

    /// <summary>Drops partitions that are older than the options say; returns their names.</summary>
    public async Task<IReadOnlyList<string>> DropOldAsync(CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var old = (await PartitionsAsync(cancellationToken))
            .Where(pair => _tables.TryGetValue(pair.Table, out var table)
                && table.DayOf(pair.Partition) < today.AddDays(-(table.Grain == HistoryGrain.Minute ? options.Value.MinuteDays : options.Value.HourDays)))
            .Select(pair => pair.Partition)
            .ToList();
        if (old.Count > 0)
        {
            await AlterAsync(string.Concat(old.Select(name => $"DROP TABLE IF EXISTS history.{name};\n")), cancellationToken);
        }

        return old;
    }

    private async Task EnsureDayAsync(DateOnly day, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_days.Contains(day))
            {
                return;
            }
        }

        var (from, to) = (Text(day), Text(day.AddDays(1)));
        await AlterAsync(
            string.Concat(_tables.Values.Select(table =>
                $"CREATE TABLE IF NOT EXISTS history.{table.PartitionOf(day)} PARTITION OF history.{table.Name} FOR VALUES FROM ('{from}') TO ('{to}');\n")),
            cancellationToken);
        lock (_lock)
        {
            _days.Add(day);
        }

        static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + " 00:00:00+00";
    }

    private async Task<List<(string Table, string Partition)>> PartitionsAsync(CancellationToken cancellationToken)
    {
        await using var command = connections.Runtime.CreateCommand(
            """
            SELECT parent.relname::text, child.relname::text
            FROM pg_catalog.pg_inherits i
            JOIN pg_catalog.pg_class parent ON parent.oid = i.inhparent
            JOIN pg_catalog.pg_class child ON child.oid = i.inhrelid
            WHERE parent.relnamespace = 'history'::regnamespace AND parent.relkind = 'p'
            """);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        List<(string, string)> found = [];
        while (await rows.ReadAsync(cancellationToken))
        {
            found.Add((rows.GetString(0), rows.GetString(1)));
        }

        return found;
    }

    /// <summary>One transaction, one instance at a time.</summary>
    private async Task AlterAsync(string sql, CancellationToken cancellationToken)
    {
        await using var connection = await connections.Runtime.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var command = new NpgsqlCommand($"SET LOCAL client_min_messages = warning; SELECT pg_advisory_xact_lock({TableLock});\n{sql}", connection))
        {
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }
}
