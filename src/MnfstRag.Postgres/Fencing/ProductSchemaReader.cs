using MnfstRag.Postgres.Watching;
using Npgsql;

namespace MnfstRag.Postgres.Fencing;

/// <summary>
/// Finds the product's tables (<c>pg_class</c>, <c>pg_attribute</c>, <c>pg_index</c>; 14–18; any role). Every schema is looked
/// into; <c>public</c> is preferred, then the first by name that has all of them.
/// </summary>
internal static class ProductSchemaReader
{
    private const string Statement = """
        SELECT /* mnfst-admin:fence */
            n.nspname::text,
            c.relname::text,
            c.relrowsecurity,
            ARRAY(SELECT a.attname::text FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum),
            ARRAY(SELECT pg_catalog.format_type(a.atttypid, NULL) FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum),
            (SELECT min(x.relname)::text
             FROM pg_catalog.pg_index i
             JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
             JOIN pg_catalog.pg_am m ON m.oid = x.relam AND m.amname = 'gin'
             WHERE i.indrelid = c.oid AND i.indisvalid AND i.indpred IS NULL
               AND pg_catalog.pg_get_indexdef(i.indexrelid, 1, true) ~ ('^to_tsvector\(''english''::regconfig, \(?' || s.searched || '(\)?::text)?\)$'))
        FROM (VALUES ('tenants', '-'), ('users', '-'), ('documents', 'original_name'), ('sessions', '-'), ('messages', 'content'), ('chats', '-'), ('social_links', '-')) AS s(name, searched)
        JOIN pg_catalog.pg_class c ON c.relname = s.name AND c.relkind IN ('r', 'p')
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_(temp|toast)' AND n.nspname !~ '[$]'
        ORDER BY n.nspname = 'public' DESC, n.nspname, c.relname
        """;

    public static async Task<ProductFound> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var schemas = new List<(string Name, Dictionary<string, ProductTable> Tables)>();
        await using var command = new NpgsqlCommand(OwnStatements.Mark(Statement, "fence"), connection);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            var schema = rows.GetString(0);
            if (schemas.Count == 0 || schemas[^1].Name != schema)
            {
                schemas.Add((schema, new(StringComparer.Ordinal)));
            }

            var columns = rows.GetFieldValue<string[]>(3).Zip(rows.GetFieldValue<string[]>(4)).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
            var table = new ProductTable(rows.GetString(1), rows.GetBoolean(2), columns, rows.IsDBNull(5) ? null : rows.GetString(5));
            schemas[^1].Tables.Add(table.Name, table);
        }

        return Choose(schemas);
    }

    private static ProductFound Choose(List<(string Name, Dictionary<string, ProductTable> Tables)> schemas)
    {
        var judged = schemas.Select(one => (one.Name, one.Tables, Missing: Missing(one.Name, one.Tables).ToList())).OrderBy(one => one.Missing.Count).ToList();
        if (judged.Count == 0)
        {
            return new ProductFound(null, ["None of the product's tables (tenants, users, documents, sessions, messages) is in this database."]);
        }

        var (name, tables, missing) = judged[0];
        if (missing.Count > 0)
        {
            return new ProductFound(null, missing);
        }

        foreach (var (optional, columns) in ProductSchema.Optional)
        {
            if (tables.TryGetValue(optional, out var table) && !columns.All(table.Has))
            {
                tables.Remove(optional);
            }
        }

        return new ProductFound(new ProductSchema(name, tables), []);
    }

    private static IEnumerable<string> Missing(string schema, Dictionary<string, ProductTable> tables)
    {
        foreach (var (name, columns) in ProductSchema.Required)
        {
            if (!tables.TryGetValue(name, out var table))
            {
                yield return $"Schema {schema} has no table {name}.";
            }
            else if (columns.Where(column => !table.Has(column)).ToList() is { Count: > 0 } absent)
            {
                yield return $"Table {schema}.{name} has no column {string.Join(", ", absent)}.";
            }
        }
    }
}
