using MnfstRag.Postgres.Maintaining;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Advising;

/// <summary>The index strategy that the product recommends, held against the indexes of a database. Only where the product's tables are.</summary>
public static class RecommendedIndexes
{
    private static readonly string[] Tables = ["tenants", "users", "documents", "sessions", "messages"];

    private static readonly IReadOnlyList<(string Name, string Table, string[] Columns, bool FullText)> Strategy =
    [
        ("idx_users_tenant_email", "users", ["tenant_id", "email"], false),
        ("idx_documents_tenant_status", "documents", ["tenant_id", "status"], false),
        ("idx_documents_tenant_user_created", "documents", ["tenant_id", "user_id", "created_at DESC"], false),
        ("idx_sessions_user_updated", "sessions", ["user_id", "updated_at DESC"], false),
        ("idx_messages_session_timestamp", "messages", ["session_id", "timestamp"], false),
        ("idx_messages_content_fts", "messages", ["content"], true),
        ("idx_documents_name_fts", "documents", ["original_name"], true),
    ];

    /// <summary>Each of them, schema by schema; none where the product's tables are not all in one schema.</summary>
    public static IReadOnlyList<RecommendedIndex> Of(IndexReading reading) =>
    [
        .. reading.Indexes
            .Where(index => index.Parent is null)
            .GroupBy(index => index.Schema, StringComparer.Ordinal)
            .Where(schema => Tables.All(table => schema.Any(index => index.Table == table)))
            .SelectMany(schema => Strategy.Select(one => Of(schema.Key, one.Name, one.Table, one.Columns, one.FullText, [.. schema.Where(index => index.Table == one.Table)], schema))),
    ];

    /// <summary>Those that are missing, as findings.</summary>
    public static IEnumerable<Finding> Findings(IndexReading reading) => Of(reading)
        .Where(one => one.Sql is not null)
        .Select(one => new Finding(
            $"index.recommended:{one.Table}.{one.Name}",
            FindingLevel.Notice,
            "An index that the product recommends is missing",
            one.Table,
            $"{one.Name} on {one.Table} ({one.Covers}) is not there{(one.State == RecommendedState.NameTaken ? $": {one.By} has its name, and is not it or is not valid" : ", under no name")}. The product's guide counts on it.",
            one.State == RecommendedState.NameTaken ? "Look at the one that has its name first: drop or rename it, then create this one." : "Create it; CONCURRENTLY lets reading and writing go on meanwhile.")
        {
            Sql = one.Sql,
            Documentation = "https://www.postgresql.org/docs/current/sql-createindex.html",
        });

    private static RecommendedIndex Of(string schema, string name, string table, string[] columns, bool fullText, IReadOnlyList<DatabaseIndex> indexes, IEnumerable<DatabaseIndex> all)
    {
        var covers = fullText ? $"to_tsvector('english', {columns[0]})" : string.Join(", ", columns);
        var where = SqlName.Of(schema, table);
        var definition = DefinitionOf(columns, fullText);
        var fit = indexes.Where(index => index is { IsValid: true, IsReady: true, Predicate: null } && (fullText ? IsFullText(index, columns[0]) : Begins(index, columns))).ToList();
        var same = fit.Where(index => index.Keys.Length == columns.Length).ToList();
        if (same.Find(index => index.Name == name) is { } own)
        {
            return new(name, where, covers, RecommendedState.Present, own.QualifiedName, null) { Definition = definition };
        }

        if (same.Count > 0)
        {
            return new(name, where, covers, RecommendedState.UnderAnotherName, same[0].QualifiedName, null) { Definition = definition };
        }

        if (fit.Count > 0)
        {
            return new(name, where, covers, RecommendedState.Served, fit[0].QualifiedName, null) { Definition = definition };
        }

        var taken = all.FirstOrDefault(index => index.Name == name);
        var method = fullText ? "USING gin " : "";
        return new(
            name,
            where,
            covers,
            taken is null ? RecommendedState.Missing : RecommendedState.NameTaken,
            taken?.QualifiedName,
            $"CREATE INDEX CONCURRENTLY {SqlName.Of(name)} ON {where} {method}({covers});")
        {
            Definition = definition,
        };
    }

    private static IndexDefinition DefinitionOf(string[] columns, bool fullText) => fullText
        ? new([new IndexPart(columns[0], Kind: IndexPartKind.EnglishText)]) { Method = IndexMethod.Gin }
        : new([.. columns.Select(column => new IndexPart(column.Split(' ')[0], Descending: column.EndsWith(" DESC", StringComparison.Ordinal)))]);

    /// <summary>The index begins with these columns. A B-tree is read in both directions: of the last column's order only another NULLS place matters, which no query of the product asks for.</summary>
    private static bool Begins(DatabaseIndex index, string[] columns) =>
        index.Method == "btree"
        && index.Keys.Length >= columns.Length
        && columns.Index().All(column => index.Keys[column.Index] is { Column: { } name, IsDefaultClass: true } && name == column.Item.Split(' ')[0]);

    private static bool IsFullText(DatabaseIndex index, string column) =>
        index is { Method: "gin", Keys: [{ Column: null, Text: { } text }] }
        && text.Replace("::regconfig", "", StringComparison.Ordinal).Replace("::text", "", StringComparison.Ordinal)
            .Replace("(", "", StringComparison.Ordinal).Replace(")", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal) == $"to_tsvector'english',{column}";
}
