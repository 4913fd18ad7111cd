namespace MnfstRag.Admin.Access;

/// <summary>A call that the caller's roles do not allow. Pages hide such calls, so this is a forged or an outdated one.</summary>
public sealed class PermissionDeniedException(string permission)
    : Exception($"Your roles do not allow this ({permission}). An administrator can change them under Users.")
{
    /// <summary>The missing one of <see cref="Permissions"/>.</summary>
    public string Permission { get; } = permission;
}
