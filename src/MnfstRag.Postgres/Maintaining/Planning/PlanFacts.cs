using MnfstRag.Postgres.Watching;
using Npgsql;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>What a plan is made from: one look at the server.</summary>
/// <param name="Connection">To ask what one operation alone needs.</param>
/// <param name="Options">Time limits of such questions.</param>
/// <param name="Ground">The server and the role.</param>
/// <param name="Targets">What was chosen, found again.</param>
/// <param name="Relations">Tables, partitions and indexes of all targets.</param>
internal sealed record PlanFacts(
    NpgsqlConnection Connection,
    ServerReaderOptions Options,
    Ground Ground,
    IReadOnlyDictionary<MaintenanceTarget, ResolvedTarget> Targets,
    Relations Relations)
{
    public int Major => Ground.Major;

    /// <summary>The table that a target is, or belongs to.</summary>
    public RelationFacts? TableOf(MaintenanceTarget target) => Targets.GetValueOrDefault(target) is { Fault: null, Table: var oid } ? Relations.Table(oid) : null;

    /// <summary>May VACUUM and ANALYZE.</summary>
    public bool MayVacuum(RelationFacts table) => Ground.IsSuperuser || Ground.OwnsDatabase || table.Owns || table.MayMaintain;

    /// <summary>What gives the role the right: MAINTAIN from 17 on, before that the owner's role.</summary>
    public string Grant(RelationFacts table, bool maintain) => maintain && Major >= 17
        ? $"GRANT MAINTAIN ON {table.Target.Sql} TO {SqlName.Of(Ground.Role)};"
        : $"GRANT {SqlName.Of(table.Owner)} TO {SqlName.Of(Ground.Role)};";
}
