namespace MnfstRag.Admin.Data.History;

/// <summary>How a kind's columns roll up, as SQL over rows with <c>at</c> (begin) and <c>w</c> (minutes that a row stands for).</summary>
internal static class HistorySql
{
    /// <summary>One expression a column, in the table's own type.</summary>
    public static string RolledUp(HistoryKind kind) => string.Join(", ", kind.Columns.Select(column => $"({Expression(column)})::{HistoryTable.TypeOf(column)} AS {column.Name}"));

    /// <summary>The same as float8, for reading.</summary>
    public static string Read(HistoryKind kind) => string.Join(", ", kind.Columns.Select(column => $"({Expression(column)})::float8"));

    /// <summary>
    /// Rows of minutes, hours and days as one, for the parameters <c>@from</c>, <c>@to</c>, the whole hours between <c>@hfrom</c> and
    /// <c>@hto</c> and of these the whole days between <c>@dfrom</c> and <c>@dto</c>. A minute's row stands at the end of what it covers,
    /// an hour's or a day's at its begin: all come out at a time inside.
    /// </summary>
    public static string Samples(HistoryKind kind, string subjects)
    {
        var columns = string.Join(", ", kind.Columns.Select(column => column.Name));
        var days = !kind.ByDay ? "" : $"""

            UNION ALL
            SELECT at, subject, 60 * hours, {columns}
            FROM history.{HistoryTable.NameOf(kind, HistoryGrain.Day)}
            WHERE at >= @dfrom AND at < @dto AND {subjects}
            """;
        return $"""
            SELECT at - interval '1 millisecond' AS at, subject, 1 AS w, {columns}
            FROM history.{HistoryTable.NameOf(kind, HistoryGrain.Minute)}
            WHERE ((at > @from AND at <= @hfrom) OR (at > @hto AND at <= @to)) AND {subjects}
            UNION ALL
            SELECT at, subject, 60, {columns}
            FROM history.{HistoryTable.NameOf(kind, HistoryGrain.Hour)}
            WHERE ((at >= @hfrom AND at < @dfrom) OR (at >= @dto AND at < @hto)) AND {subjects}{days}
            """;
    }

    private static string Expression(HistoryColumn column) => column.RollUp switch
    {
        RollUp.Sum => $"sum({column.Name})",
        RollUp.Mean => $"sum({column.Name} * w) / sum(w) FILTER (WHERE {column.Name} IS NOT NULL)",
        RollUp.Max => $"max({column.Name})",
        RollUp.Last => $"(array_agg({column.Name} ORDER BY at DESC) FILTER (WHERE {column.Name} IS NOT NULL))[1]",
        _ => throw new ArgumentOutOfRangeException(nameof(column), column.RollUp, "No such roll-up."),
    };
}
