namespace MnfstRag.Postgres.Watching;

/// <summary>Row Level Security of one of the product's tables in the schema public (<c>pg_class</c>, <c>pg_policy</c>, 14–18).</summary>
/// <param name="Table">The table.</param>
/// <param name="IsEnabled">It is switched on.</param>
/// <param name="IsForced">It binds the table's owner too.</param>
/// <param name="Policies">How many policies there are; with none, nobody whom it binds sees a row.</param>
public sealed record RowSecurity(string Table, bool IsEnabled, bool IsForced, int Policies);
