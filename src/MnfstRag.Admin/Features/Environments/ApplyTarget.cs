namespace MnfstRag.Admin.Features.Environments;

/// <summary>Somewhere that an environment's settings can be applied to.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Place">The file's whole path, or Vault's host and port; what it would be where it is missing.</param>
/// <param name="Missing">What makes it available, in words; null where it is.</param>
public sealed record ApplyTarget(ApplyTargetKind Kind, string Place, string? Missing = null)
{
    /// <summary>As a sentence names it.</summary>
    public string Words => Kind == ApplyTargetKind.File ? Place : $"secret/database in Vault at {Place}";
}
