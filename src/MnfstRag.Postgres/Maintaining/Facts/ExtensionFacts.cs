using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;
using Npgsql;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>One extension, from <c>pg_available_extensions</c>, <c>pg_available_extension_versions</c> and <c>pg_extension</c> (14–18).</summary>
/// <param name="Offered">The version that the server has files of; null when it has none.</param>
/// <param name="Installed">The version in this database; null when it is not there.</param>
/// <param name="Schema">Its schema; null when it is not there.</param>
/// <param name="Owns">The role owns it.</param>
/// <param name="Owner">Who does.</param>
/// <param name="IsTrusted">Whoever may create in the database may create it.</param>
/// <param name="Home">The schema that a new one would go to: "extensions" where a provider has made one, else "public"; null without either.</param>
internal sealed record ExtensionFacts(string? Offered, string? Installed, string? Schema, bool Owns, string? Owner, bool IsTrusted, string? Home)
{
    private const string Statement = """
        SELECT /* mnfst-admin:maintenance */
            (SELECT a.default_version::text FROM pg_catalog.pg_available_extensions AS a WHERE a.name = $1),
            e.extversion,
            n.nspname::text,
            pg_has_role(e.extowner, 'USAGE'),
            pg_get_userbyid(e.extowner)::text,
            coalesce((SELECT bool_or(v.trusted) FROM pg_catalog.pg_available_extension_versions AS v WHERE v.name = $1), false),
            (SELECT h.nspname::text FROM pg_catalog.pg_namespace AS h WHERE h.nspname IN ('extensions', 'public') ORDER BY h.nspname LIMIT 1)
        FROM (VALUES (1)) AS always (row)
        LEFT JOIN pg_catalog.pg_extension AS e ON e.extname = $1
        LEFT JOIN pg_catalog.pg_namespace AS n ON n.oid = e.extnamespace
        """;

    public static async Task<ExtensionFacts> ReadAsync(PlanFacts facts, string name, CancellationToken cancellationToken)
    {
        await using var query = new BoundedQuery(facts.Connection, facts.Options, Statement, new NpgsqlParameter { Value = name });
        await using var rows = await query.ExecuteAsync(cancellationToken);
        await rows.ReadAsync(cancellationToken);
        return new ExtensionFacts(
            rows.OptionalText(0),
            rows.OptionalText(1),
            rows.OptionalText(2),
            !rows.IsDBNull(3) && rows.GetBoolean(3),
            rows.OptionalText(4),
            rows.GetBoolean(5),
            rows.OptionalText(6));
    }
}
