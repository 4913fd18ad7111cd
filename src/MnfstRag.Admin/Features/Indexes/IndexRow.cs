using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Features.Indexes;

/// <summary>An index as the page names it. Made once a reading for all viewers (<see cref="IndexSet"/>).</summary>
/// <param name="Index">What was read.</param>
/// <param name="Key">Names it in URLs and findings: schema and name, quoted as needed.</param>
/// <param name="Name">For a person: with its schema unless that is public.</param>
/// <param name="Table">The same of its table.</param>
/// <param name="TableKey">Names its table in URLs.</param>
public sealed record IndexRow(DatabaseIndex Index, string Key, string Name, string Table, string TableKey)
{
    /// <summary>Names <paramref name="index"/>.</summary>
    public static IndexRow Of(DatabaseIndex index) =>
        new(index, index.QualifiedName, Shown(index.Schema, index.Name), Shown(index.Schema, index.Table), index.QualifiedTable);

    /// <summary>What it is searched by and what it holds, without what every definition begins with.</summary>
    public string Covers => string.Concat(
        $"({string.Join(", ", Index.Keys)})",
        Index.Included.IsEmpty ? "" : $" INCLUDE ({string.Join(", ", Index.Included)})",
        Index.Predicate is null ? "" : $" WHERE {Index.Predicate}");

    private static string Shown(string schema, string name) => schema == "public" ? name : $"{schema}.{name}";
}
