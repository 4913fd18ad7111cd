using System.Globalization;
using MnfstRag.Postgres.Connecting;
using Npgsql;

namespace MnfstRag.Postgres.Watching;

/// <summary>Reads the texts of some entries of pg_stat_statements. The server reads its whole file for that, so it is asked for unknown ones alone, and seldom.</summary>
/// <param name="queryIds">Ids wanted; at least one.</param>
public sealed class StatementTextsReader(IReadOnlyCollection<long> queryIds) : IReader<IReadOnlyDictionary<StatementKey, StatementText>>
{
    private const int Longest = 8_000;

    /// <inheritdoc/>
    public string Name => "statement-texts";

    /// <inheritdoc/>
    public string Sql(Capabilities server) => StatementsExtension.Of(server) is not { } extension
        ? "SELECT 1 WHERE false"
        : $$"""
            SELECT s.queryid, s.dbid, s.userid, {{extension.TopLevel}}, left(s.query, {{Longest}}), d.datname::text, pg_get_userbyid(s.userid)::text
            FROM {{extension.Schema}}.pg_stat_statements(true) s
            LEFT JOIN pg_catalog.pg_database d ON d.oid = s.dbid
            WHERE s.queryid = ANY ('{{{string.Join(',', queryIds.Select(id => id.ToString(CultureInfo.InvariantCulture)))}}}'::int8[])
            """;

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<StatementKey, StatementText>> ReadAsync(NpgsqlDataReader rows, Capabilities server, CancellationToken cancellationToken)
    {
        var texts = new Dictionary<StatementKey, StatementText>();
        while (await rows.ReadAsync(cancellationToken))
        {
            var text = rows.OptionalText(4) ?? "";
            texts[new StatementKey(rows.GetInt64(0), rows.GetFieldValue<uint>(1), rows.GetFieldValue<uint>(2), rows.GetBoolean(3))] =
                new StatementText(QueryText.Mask(text), rows.OptionalText(5), rows.GetString(6), OwnStatements.AreOwn(text));
        }

        return texts;
    }
}
