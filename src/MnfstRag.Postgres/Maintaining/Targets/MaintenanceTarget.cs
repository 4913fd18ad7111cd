using System.Text.Json.Serialization;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>
/// One object of a database, chosen from the server's own list. The oid says which; the name says what a person saw. Before anything
/// is sent both are compared with the catalog: where they no longer belong together, nothing is sent.
/// </summary>
/// <param name="Oid">oid in the catalog of its kind (<c>pg_class</c>, <c>pg_constraint</c>, <c>pg_roles</c>, <c>pg_database</c>).</param>
/// <param name="Schema">Schema as the catalog has it, unquoted; empty for roles and databases.</param>
/// <param name="Name">Name as the catalog has it, unquoted.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Table">Table of an index or a constraint, as the catalog has it; null for others.</param>
public sealed record MaintenanceTarget(uint Oid, string Schema, string Name, MaintenanceTargetKind Kind, string? Table = null)
{
    /// <summary>As SQL names it: schema.name, each quoted as needed; a constraint, role or database by its name alone.</summary>
    [JsonIgnore]
    public string Sql => Kind is MaintenanceTargetKind.Constraint or MaintenanceTargetKind.Role or MaintenanceTargetKind.Database
        ? SqlName.Of(Name)
        : SqlName.Of(Schema, Name);

    /// <summary>As a person reads it: like <see cref="Sql"/>, a constraint with its table.</summary>
    public override string ToString() => Kind == MaintenanceTargetKind.Constraint && Table is not null
        ? $"{SqlName.Of(Name)} on {SqlName.Of(Schema, Table)}"
        : Sql;
}
