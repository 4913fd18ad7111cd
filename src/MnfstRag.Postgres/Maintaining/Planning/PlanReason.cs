namespace MnfstRag.Postgres.Maintaining;

/// <summary>Why a plan advises what it does.</summary>
/// <param name="Verdict">What this reason alone would lead to. <see cref="MaintenanceVerdict.Go"/> is mere information.</param>
/// <param name="Key">Stable: "standby", "pooler", "privilege", "in-the-way", "disk", …</param>
/// <param name="Words">For a person: what is, so what, what next.</param>
/// <param name="Sql">What helps (a GRANT and the like); null where nothing does.</param>
/// <param name="Repair">An operation that clears the way; null where none does.</param>
public sealed record PlanReason(MaintenanceVerdict Verdict, string Key, string Words, string? Sql = null, MaintenanceOperation? Repair = null);
