using System.Collections.Immutable;
using MnfstRag.Postgres.Connecting;
using Npgsql;

namespace MnfstRag.Postgres.Watching;

/// <summary>Reads <see cref="LockCounts"/> from <c>pg_locks</c>. Locks that belong to no database (transaction ids, shared objects) are not counted, as postgres_exporter does it.</summary>
public sealed class LockCountsReader : IReader<LockCounts>
{
    /// <summary>The one instance.</summary>
    public static LockCountsReader Instance { get; } = new();

    /// <inheritdoc/>
    public string Name => "lock-counts";

    /// <inheritdoc/>
    public string Sql(Capabilities server) => """
        SELECT
            clock_timestamp(),
            d.datname::text,
            l.mode,
            count(*)
        FROM pg_catalog.pg_locks AS l
        JOIN pg_catalog.pg_database AS d ON d.oid = l.database
        GROUP BY 2, 3
        """;

    /// <inheritdoc/>
    public async Task<LockCounts> ReadAsync(NpgsqlDataReader rows, Capabilities server, CancellationToken cancellationToken)
    {
        var (time, counts) = (default(DateTimeOffset), ImmutableDictionary.CreateBuilder<(string, string), long>());
        while (await rows.ReadAsync(cancellationToken))
        {
            time = rows.GetFieldValue<DateTimeOffset>(0);
            counts[(rows.GetString(1), rows.GetString(2))] = rows.GetInt64(3);
        }

        return new LockCounts(time, counts.ToImmutable());
    }
}
