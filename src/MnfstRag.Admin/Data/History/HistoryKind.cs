namespace MnfstRag.Admin.Data.History;

/// <summary>
/// One kind of history: what the store keeps of each subject (a statement, an index, the server) over time. Its tables follow from
/// it; a new column is added to them at the next start, none is ever taken away. Register it as a singleton service.
/// </summary>
/// <param name="Name">snake_case, unique: names the tables.</param>
/// <param name="Columns">In the order of every sample's values.</param>
/// <param name="ByDay">Hours are made into days too: for kinds of many subjects of which totals over weeks are asked for.</param>
public sealed record HistoryKind(string Name, IReadOnlyList<HistoryColumn> Columns, bool ByDay = false)
{
    /// <summary>Index of the column of that name.</summary>
    public int this[string column] => Columns.Index().First(pair => pair.Item.Name == column).Index;
}
