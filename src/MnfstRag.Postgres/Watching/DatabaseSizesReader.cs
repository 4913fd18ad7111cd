using System.Collections.Immutable;
using MnfstRag.Postgres.Connecting;
using Npgsql;

namespace MnfstRag.Postgres.Watching;

/// <summary>
/// Reads <see cref="DatabaseSizes"/> by <c>pg_database_size</c> (14–18), which looks at every file: databases that the role may neither
/// enter nor measure are left out.
/// </summary>
public sealed class DatabaseSizesReader : IReader<DatabaseSizes>
{
    /// <summary>The one instance.</summary>
    public static DatabaseSizesReader Instance { get; } = new();

    /// <inheritdoc/>
    public string Name => "database-sizes";

    /// <inheritdoc/>
    public bool IsHeavy => true;

    /// <inheritdoc/>
    public string Sql(Capabilities server) => """
        SELECT
            clock_timestamp(),
            d.datname::text,
            d.oid,
            d.datname = current_database(),
            pg_database_size(d.oid)
        FROM pg_catalog.pg_database AS d
        WHERE has_database_privilege(d.oid, 'CONNECT') OR pg_has_role('pg_read_all_stats', 'USAGE')
        """;

    /// <inheritdoc/>
    public async Task<DatabaseSizes> ReadAsync(NpgsqlDataReader rows, Capabilities server, CancellationToken cancellationToken)
    {
        var (time, current) = (default(DateTimeOffset), 0L);
        var sizes = ImmutableArray.CreateBuilder<DatabaseSize>();
        while (await rows.ReadAsync(cancellationToken))
        {
            // A database that is dropped meanwhile has no size any more.
            if (rows.OptionalInt64(4) is { } bytes)
            {
                time = rows.GetFieldValue<DateTimeOffset>(0);
                sizes.Add(new DatabaseSize(rows.GetString(1), rows.GetFieldValue<uint>(2), bytes));
                current = rows.GetBoolean(3) ? bytes : current;
            }
        }

        return new DatabaseSizes(time, current, sizes.ToImmutable());
    }
}
