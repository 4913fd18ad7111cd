using System.Collections.Immutable;
using MnfstRag.Postgres.Connecting;
using Npgsql;

namespace MnfstRag.Postgres.Watching;

/// <summary>Reads <see cref="IoReading"/> from <c>pg_stat_io</c> (16+; from 18 it counts bytes itself, before there are operations of one size). Every role may see it.</summary>
public sealed class IoReader : IReader<IoReading>
{
    /// <summary>The one instance.</summary>
    public static IoReader Instance { get; } = new();

    /// <inheritdoc/>
    public string Name => "io";

    /// <inheritdoc/>
    public int MinimumMajor => 16;

    /// <inheritdoc/>
    public string Sql(Capabilities server) => $"""
        SELECT
            clock_timestamp(),
            max(i.stats_reset) OVER (),
            current_setting('track_io_timing')::bool,
            current_setting('track_wal_io_timing')::bool,
            i.backend_type,
            i.object,
            i.context,
            i.reads,
            {Bytes(server, "read")},
            i.read_time,
            i.writes,
            {Bytes(server, "write")},
            i.write_time,
            {Bytes(server, "extend")},
            i.hits,
            i.evictions,
            i.fsyncs
        FROM (VALUES (1)) AS always (row)
        LEFT JOIN pg_catalog.pg_stat_io AS i
            ON coalesce(i.reads, 0) + coalesce(i.writes, 0) + coalesce(i.extends, 0) + coalesce(i.hits, 0) + coalesce(i.fsyncs, 0) > 0
        ORDER BY i.backend_type, i.object, i.context
        """;

    /// <inheritdoc/>
    public async Task<IoReading> ReadAsync(NpgsqlDataReader rows, Capabilities server, CancellationToken cancellationToken)
    {
        await rows.ReadAsync(cancellationToken);
        var reading = new IoReading(rows.GetFieldValue<DateTimeOffset>(0), rows.OptionalTime(1), rows.GetBoolean(2), []);
        var uses = ImmutableArray.CreateBuilder<IoUse>();
        do
        {
            if (!rows.IsDBNull(4))
            {
                // The log's times have a switch of their own.
                var timed = rows.GetString(5) == "wal" ? rows.GetBoolean(3) : reading.IsTimed;
                uses.Add(new IoUse(
                    rows.GetString(4),
                    rows.GetString(5),
                    rows.GetString(6),
                    rows.OptionalInt64(7),
                    rows.OptionalInt64(8),
                    Time(rows, 9, timed),
                    rows.OptionalInt64(10),
                    rows.OptionalInt64(11),
                    Time(rows, 12, timed),
                    rows.OptionalInt64(13),
                    rows.OptionalInt64(14),
                    rows.OptionalInt64(15),
                    rows.OptionalInt64(16)));
            }
        }
        while (await rows.ReadAsync(cancellationToken));

        return reading with { Uses = uses.ToImmutable() };
    }

    private static string Bytes(Capabilities server, string what) => server.Major >= 18 ? $"i.{what}_bytes::int8" : $"i.{what}s * i.op_bytes";

    private static TimeSpan? Time(NpgsqlDataReader rows, int column, bool timed) =>
        timed && !rows.IsDBNull(column) ? TimeSpan.FromMilliseconds(rows.GetDouble(column)) : null;
}
