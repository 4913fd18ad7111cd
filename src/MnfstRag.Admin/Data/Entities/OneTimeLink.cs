namespace MnfstRag.Admin.Data.Entities;

/// <summary>An invitation or reset: the token itself was shown once and is not kept.</summary>
public sealed class OneTimeLink
{
    /// <summary>SHA-256 of the token.</summary>
    public required byte[] TokenHash { get; set; }

    /// <summary>Whose password it sets.</summary>
    public Guid UserId { get; set; }

    /// <summary>Good until then.</summary>
    public DateTimeOffset ExpiresAt { get; set; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; set; }
}
