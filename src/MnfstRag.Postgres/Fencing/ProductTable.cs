namespace MnfstRag.Postgres.Fencing;

/// <summary>One of the product's tables as the server has it.</summary>
/// <param name="Name">The table's name, without schema.</param>
/// <param name="RowSecurity">Row level security is enabled (<c>pg_class.relrowsecurity</c>).</param>
/// <param name="Columns">Column name to type, as <c>format_type</c> writes it.</param>
/// <param name="SearchIndex">Name of a valid GIN index over the English words of the table's text; null without one.</param>
public sealed record ProductTable(string Name, bool RowSecurity, IReadOnlyDictionary<string, string> Columns, string? SearchIndex)
{
    /// <summary>The table has such a column.</summary>
    public bool Has(string column) => Columns.ContainsKey(column);
}
