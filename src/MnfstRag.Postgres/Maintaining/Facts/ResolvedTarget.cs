namespace MnfstRag.Postgres.Maintaining;

/// <summary>What a target's oid leads to now.</summary>
/// <param name="Fault">Why it is not what was chosen, in words; null when it is.</param>
/// <param name="Now">What it is now; null when it is gone.</param>
/// <param name="Table">oid of the table that it is, or belongs to; 0 where there is none.</param>
internal sealed record ResolvedTarget(string? Fault, MaintenanceTarget? Now, uint Table);
