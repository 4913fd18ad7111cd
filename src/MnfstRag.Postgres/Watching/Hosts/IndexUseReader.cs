using System.Collections.Frozen;
using MnfstRag.Postgres.Connecting;
using Npgsql;

namespace MnfstRag.Postgres.Watching.Hosts;

/// <summary>Reads <see cref="IndexUse"/>: the statistics function behind <c>pg_stat_user_indexes.idx_scan</c>, over indexes that are not PostgreSQL's own (14–18).</summary>
public sealed class IndexUseReader : IReader<IndexUse>
{
    /// <summary>Oids below are PostgreSQL's own.</summary>
    private const int FirstOwnOid = 16384;

    /// <summary>The one instance.</summary>
    public static IndexUseReader Instance { get; } = new();

    /// <inheritdoc/>
    public string Name => "index-use";

    /// <inheritdoc/>
    public bool IsHeavy => true;

    /// <inheritdoc/>
    public string Sql(Capabilities server) => $"""
        SELECT
            current_database()::text,
            clock_timestamp(),
            greatest(pg_postmaster_start_time(), (SELECT stats_reset FROM pg_catalog.pg_stat_database WHERE datname = current_database())),
            ARRAY(SELECT i.indexrelid FROM pg_catalog.pg_index AS i WHERE i.indexrelid >= {FirstOwnOid}::oid AND pg_stat_get_numscans(i.indexrelid) > 0)
        """;

    /// <inheritdoc/>
    public async Task<IndexUse> ReadAsync(NpgsqlDataReader rows, Capabilities server, CancellationToken cancellationToken)
    {
        await rows.ReadAsync(cancellationToken);
        return new IndexUse(rows.GetString(0), rows.GetFieldValue<DateTimeOffset>(1), rows.GetFieldValue<DateTimeOffset>(2), rows.GetFieldValue<uint[]>(3).ToFrozenSet());
    }
}
