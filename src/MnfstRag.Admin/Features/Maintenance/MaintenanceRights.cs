namespace MnfstRag.Admin.Features.Maintenance;

/// <summary>What a person may do besides planning.</summary>
/// <param name="RunSafe">Run what makes nobody wait.</param>
/// <param name="RunDisruptive">Run what may make others wait, or cannot be undone.</param>
/// <param name="Govern">Freeze, approve, change windows.</param>
/// <param name="UserId">Who it is.</param>
public sealed record MaintenanceRights(bool RunSafe, bool RunDisruptive, bool Govern, Guid UserId);
