using System.Collections.Immutable;
using MnfstRag.Postgres.Connecting;
using Npgsql;

namespace MnfstRag.Postgres.Watching;

/// <summary>Reads <see cref="AgesReading"/> without using up a transaction id itself.</summary>
public sealed class AgesReader : IReader<AgesReading>
{
    /// <summary>The one instance.</summary>
    public static AgesReader Instance { get; } = new();

    /// <inheritdoc/>
    public string Name => "ages";

    /// <inheritdoc/>
    public string Sql(Capabilities server) => """
        SELECT
            clock_timestamp(),
            pg_snapshot_xmax(pg_current_snapshot())::text::int8,
            current_setting('autovacuum_freeze_max_age')::int8,
            d.datname::text,
            age(d.datfrozenxid)::int8,
            mxid_age(d.datminmxid)::int8
        FROM pg_catalog.pg_database AS d
        ORDER BY 5 DESC, 4
        """;

    /// <inheritdoc/>
    public async Task<AgesReading> ReadAsync(NpgsqlDataReader rows, Capabilities server, CancellationToken cancellationToken)
    {
        await rows.ReadAsync(cancellationToken);
        var reading = new AgesReading(rows.GetFieldValue<DateTimeOffset>(0), rows.GetInt64(1), rows.GetInt64(2), []);
        var databases = ImmutableArray.CreateBuilder<DatabaseAge>();
        do
        {
            databases.Add(new DatabaseAge(rows.GetString(3), rows.GetInt64(4), rows.GetInt64(5)));
        }
        while (await rows.ReadAsync(cancellationToken));

        return reading with { Databases = databases.ToImmutable() };
    }
}
