using MnfstRag.Postgres.Connecting;
using Npgsql;

namespace MnfstRag.Postgres.Watching;

/// <summary>
/// Reads <see cref="StatementsReading"/> from pg_stat_statements 1.7–1.12, without texts: the server need not read its file then.
/// Where the extension is not created in this database nothing is asked, so that the server's log has no error a minute.
/// </summary>
public sealed class StatementsReader : IReader<StatementsReading>
{
    /// <summary>The one instance.</summary>
    public static StatementsReader Instance { get; } = new();

    /// <inheritdoc/>
    public string Name => "statements";

    /// <inheritdoc/>
    public bool IsHeavy => true;

    /// <inheritdoc/>
    public string Sql(Capabilities server) => StatementsExtension.Of(server) is not { } extension
        ? "SELECT clock_timestamp()"
        : $"""
            SELECT
                clock_timestamp(),
                i.stats_reset,
                i.dealloc,
                current_setting('pg_stat_statements.max', true)::int4,
                current_setting('track_io_timing')::bool,
                s.queryid,
                s.dbid,
                s.userid,
                {extension.TopLevel},
                s.calls,
                {extension.ExecTime("total")},
                {extension.ExecTime("max")},
                s.rows,
                s.shared_blks_hit,
                s.shared_blks_read,
                {extension.IoTime},
                s.temp_blks_read + s.temp_blks_written,
                {extension.WalBytes},
                {extension.Since}
            FROM {extension.Info} i
            LEFT JOIN {extension.Schema}.pg_stat_statements(false) s ON true
            """;

    /// <inheritdoc/>
    public async Task<StatementsReading> ReadAsync(NpgsqlDataReader rows, Capabilities server, CancellationToken cancellationToken)
    {
        List<StatementCounters> statements = [];
        var hidden = 0;
        var reading = new StatementsReading(default, null, null, null, null, false, statements, 0);
        while (await rows.ReadAsync(cancellationToken))
        {
            if (rows.FieldCount == 1)
            {
                return reading with { ServerTime = rows.GetFieldValue<DateTimeOffset>(0) };
            }

            if (reading.Extension is null)
            {
                reading = reading with
                {
                    ServerTime = rows.GetFieldValue<DateTimeOffset>(0),
                    Extension = server.Extensions[StatementsExtension.Name],
                    StatsReset = rows.OptionalTime(1),
                    Deallocated = rows.OptionalInt64(2),
                    Most = rows.OptionalInt32(3),
                    IoTimed = rows.GetBoolean(4),
                };
            }

            if (rows.IsDBNull(9))
            {
                // The one row of an empty view.
                continue;
            }

            if (rows.IsDBNull(5))
            {
                hidden++;
                continue;
            }

            statements.Add(new StatementCounters(
                new StatementKey(rows.GetInt64(5), rows.GetFieldValue<uint>(6), rows.GetFieldValue<uint>(7), rows.GetBoolean(8)),
                rows.GetInt64(9),
                rows.GetDouble(10),
                rows.GetDouble(11),
                rows.GetInt64(12),
                rows.GetInt64(13),
                rows.GetInt64(14),
                reading.IoTimed ? rows.GetDouble(15) : null,
                rows.GetInt64(16),
                rows.IsDBNull(17) ? null : rows.GetDouble(17),
                rows.OptionalTime(18)));
        }

        return reading with { Hidden = hidden };
    }
}
