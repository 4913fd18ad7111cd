namespace MnfstRag.Postgres.Fencing;

/// <summary>One of the product's tables as the server has it.</summary>
/// <param name="Name">The table's name, without schema.</param>
/// <param name="RowSecurity">Row level security is enabled (<c>pg_class.relrowsecurity</c>).</param>
/// <param name="Columns">Column name to type, as <c>format_type</c> writes it.</param>
/// <param name="SearchIndex">Name of a valid GIN index over the English words of the table's text; null without one.</param>
public sealed record ProductTable(string Name, bool RowSecurity, IReadOnlyDictionary<string, string> Columns, string? SearchIndex)
{
    /// <summary>A time without its zone, which holds UTC.</summary>
    internal bool IsUtcWithoutZone(string column) => Columns[column] == "timestamp without time zone";

    /// <summary>A time of ours as the column keeps its own, so that an index over it serves.</summary>
    internal string Kept(string column, string moment) => IsUtcWithoutZone(column) ? $"pg_catalog.timezone('UTC', {moment})" : moment;

    /// <summary>The label that a column of words (an enum type's, or plain text) has for a word in lower case; null where it has none.</summary>
    internal string Label(string column, string word) => Columns[column] is "character varying" or "text"
        ? $"pg_catalog.lower({word})"
        : $"(SELECT e.enumlabel::pg_catalog.text FROM pg_catalog.pg_enum AS e WHERE e.enumtypid = {FenceNames.Literal(Columns[column])}::pg_catalog.regtype AND pg_catalog.lower(e.enumlabel) = pg_catalog.lower({word}))";

    /// <summary>The table has such a column.</summary>
    public bool Has(string column) => Columns.ContainsKey(column);
}
