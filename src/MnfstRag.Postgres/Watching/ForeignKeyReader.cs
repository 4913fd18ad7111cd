using System.Collections.Immutable;
using MnfstRag.Postgres.Connecting;
using Npgsql;

namespace MnfstRag.Postgres.Watching;

/// <summary>Reads <see cref="ForeignKeys"/> from <c>pg_constraint</c>, which every role may see (14–18). Takes no lock on any table.</summary>
public sealed class ForeignKeyReader : IReader<ForeignKeys>
{
    /// <summary>The one instance.</summary>
    public static ForeignKeyReader Instance { get; } = new();

    /// <inheritdoc/>
    public string Name => "foreign-keys";

    /// <inheritdoc/>
    public bool IsHeavy => true;

    /// <inheritdoc/>
    public string Sql(Capabilities server) => """
        SELECT
            n.nspname::text,
            t.relname::text,
            c.conrelid,
            c.conname::text,
            ARRAY(
                SELECT a.attname::text
                FROM unnest(c.conkey) WITH ORDINALITY AS k (number, place)
                JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.conrelid AND a.attnum = k.number
                ORDER BY k.place),
            fn.nspname::text,
            f.relname::text,
            c.conindid
        FROM pg_catalog.pg_constraint AS c
        JOIN pg_catalog.pg_class AS t ON t.oid = c.conrelid
        JOIN pg_catalog.pg_namespace AS n ON n.oid = t.relnamespace
        JOIN pg_catalog.pg_class AS f ON f.oid = c.confrelid
        JOIN pg_catalog.pg_namespace AS fn ON fn.oid = f.relnamespace
        WHERE c.contype = 'f' AND c.conparentid = 0
        """;

    /// <inheritdoc/>
    public async Task<ForeignKeys> ReadAsync(NpgsqlDataReader rows, Capabilities server, CancellationToken cancellationToken)
    {
        var keys = ImmutableArray.CreateBuilder<ForeignKey>();
        while (await rows.ReadAsync(cancellationToken))
        {
            keys.Add(new ForeignKey(
                rows.GetString(0),
                rows.GetString(1),
                rows.GetFieldValue<uint>(2),
                rows.GetString(3),
                [.. rows.GetFieldValue<string[]>(4)],
                SqlName.Of(rows.GetString(5), rows.GetString(6)),
                rows.GetFieldValue<uint>(7)));
        }

        return new ForeignKeys(keys.ToImmutable());
    }
}
