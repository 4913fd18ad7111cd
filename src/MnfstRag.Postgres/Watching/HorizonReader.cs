using System.Collections.Immutable;
using MnfstRag.Postgres.Connecting;
using Npgsql;

namespace MnfstRag.Postgres.Watching;

/// <summary>
/// Reads <see cref="HorizonReading"/>. Every role sees the ages; times of others' sessions are hidden from an ordinary one. Left out
/// are our own session and those that vacuum: the server does not wait for them.
/// </summary>
public sealed class HorizonReader : IReader<HorizonReading>
{
    /// <summary>Holders that are told, at most.</summary>
    public const int Most = 20;

    /// <summary>The one instance.</summary>
    public static HorizonReader Instance { get; } = new();

    /// <inheritdoc/>
    public string Name => "horizon";

    /// <inheritdoc/>
    public string Sql(Capabilities server) => $"""
        SELECT h.*, clock_timestamp()
        FROM (
            SELECT 0 AS kind, coalesce(nullif(a.application_name, ''), 'no application name') || coalesce(' of ' || a.usename, '') AS name,
                greatest(age(a.backend_xmin), age(a.backend_xid))::int8 AS age, a.xact_start AS since, a.datname::text AS database, a.pid, false AS catalog
            FROM pg_catalog.pg_stat_activity AS a
            WHERE (a.backend_xmin IS NOT NULL OR a.backend_xid IS NOT NULL) AND a.pid <> pg_backend_pid()
              AND coalesce(a.backend_type, 'client backend') IN ('client backend', 'parallel worker', 'background worker')
              AND a.pid NOT IN (SELECT v.pid FROM pg_catalog.pg_stat_progress_vacuum AS v)
            UNION ALL
            SELECT 1, p.gid, age(p.transaction)::int8, p.prepared, p.database::text, NULL, false FROM pg_catalog.pg_prepared_xacts AS p
            UNION ALL
            SELECT 2, s.slot_name::text, age(s.xmin)::int8, NULL, NULL, NULL, false FROM pg_catalog.pg_replication_slots AS s WHERE s.xmin IS NOT NULL
            UNION ALL
            SELECT 2, s.slot_name::text, age(s.catalog_xmin)::int8, NULL, s.database::text, NULL, true FROM pg_catalog.pg_replication_slots AS s WHERE s.catalog_xmin IS NOT NULL
            UNION ALL
            SELECT 3, r.application_name, age(r.backend_xmin)::int8, NULL, NULL, r.pid, false FROM pg_catalog.pg_stat_replication AS r WHERE r.backend_xmin IS NOT NULL
            ORDER BY 3 DESC
            LIMIT {Most}
        ) AS h
        RIGHT JOIN (VALUES (1)) AS always (row) ON true
        ORDER BY h.age DESC, h.name
        """;

    /// <inheritdoc/>
    public async Task<HorizonReading> ReadAsync(NpgsqlDataReader rows, Capabilities server, CancellationToken cancellationToken)
    {
        var (at, holders) = (default(DateTimeOffset), ImmutableArray.CreateBuilder<HorizonHolder>());
        while (await rows.ReadAsync(cancellationToken))
        {
            at = rows.GetFieldValue<DateTimeOffset>(7);
            if (!rows.IsDBNull(0))
            {
                holders.Add(new HorizonHolder((HorizonHolderKind)rows.GetInt32(0), rows.GetString(1), rows.GetInt64(2), rows.OptionalTime(3), rows.OptionalText(4), rows.OptionalInt32(5), rows.GetBoolean(6)));
            }
        }

        return new HorizonReading(at, holders.ToImmutable());
    }
}
