using System.Collections.Immutable;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;
using Npgsql;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>Reads <see cref="ProgressReading"/> from <c>pg_stat_progress_vacuum</c>, <c>_analyze</c>, <c>_create_index</c>, <c>_cluster</c> and <c>_copy</c> (14–18). Phases of other roles' commands are hidden from an ordinary role.</summary>
public sealed class ProgressReader : IReader<ProgressReading>
{
    /// <summary>The one instance.</summary>
    public static ProgressReader Instance { get; } = new();

    /// <inheritdoc/>
    public string Name => "progress";

    /// <inheritdoc/>
    public string Sql(Capabilities server) => $"""
        SELECT {ProgressRow.List},
            clock_timestamp(),
            a.usename::text,
            nullif(a.application_name, ''),
            a.backend_type = 'autovacuum worker',
            (SELECT format('%I.%I', n.nspname, c.relname) FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace WHERE c.oid = p.relid),
            a.query_start
        FROM (VALUES (1)) AS always (row)
        LEFT JOIN (
        {ProgressSql.Rows(server.Major)}
        ) AS p ON true
        LEFT JOIN pg_catalog.pg_stat_activity AS a ON a.pid = p.pid
        ORDER BY a.query_start, p.pid
        """;

    /// <inheritdoc/>
    public async Task<ProgressReading> ReadAsync(NpgsqlDataReader rows, Capabilities server, CancellationToken cancellationToken)
    {
        var (at, found) = (default(DateTimeOffset), ImmutableArray.CreateBuilder<RunningCommand>());
        while (await rows.ReadAsync(cancellationToken))
        {
            at = rows.GetFieldValue<DateTimeOffset>(ProgressRow.Count);
            if (!rows.IsDBNull(0))
            {
                found.Add(new RunningCommand(
                    ProgressRow.Read(rows),
                    rows.OptionalText(ProgressRow.Count + 1),
                    rows.OptionalText(ProgressRow.Count + 2),
                    !rows.IsDBNull(ProgressRow.Count + 3) && rows.GetBoolean(ProgressRow.Count + 3),
                    rows.OptionalText(ProgressRow.Count + 4),
                    rows.OptionalTime(ProgressRow.Count + 5)));
            }
        }

        return new ProgressReading(at, found.ToImmutable());
    }
}
