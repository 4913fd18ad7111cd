using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Features.Tables;

/// <summary>A table as the page names it. Made once a reading for all viewers (<see cref="TableSet"/>).</summary>
/// <param name="Table">What was read.</param>
/// <param name="Key">Names it in URLs and findings: schema and name, quoted as needed.</param>
/// <param name="Name">For a person: with its schema unless that is public.</param>
public sealed record TableRow(DatabaseTable Table, string Key, string Name)
{
    /// <summary>Names <paramref name="table"/>.</summary>
    public static TableRow Of(DatabaseTable table) =>
        new(table, table.QualifiedName, table.Schema == "public" ? table.Name : $"{table.Schema}.{table.Name}");

    /// <summary>Dead rows as a share of those at which autovacuum comes; null where it does not come by itself.</summary>
    public double? VacuumShare => Table is { Vacuuming.Enabled: true, VacuumAt: > 0 and var at } ? Table.DeadRows / at : null;

    /// <summary>Age of the oldest transaction id as a share of the age at which the server vacuums in any case.</summary>
    public double FreezeShare => Table.Vacuuming.FreezeMaxAge == 0 ? 0 : (double)Table.FrozenAge / Table.Vacuuming.FreezeMaxAge;
}
