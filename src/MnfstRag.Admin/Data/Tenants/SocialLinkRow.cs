namespace MnfstRag.Admin.Data.Tenants;

/// <summary>A row of the fence's view <c>social_links</c>, where the product has them.</summary>
public sealed class SocialLinkRow
{
    public Guid Id { get; init; }

    public string Url { get; init; } = "";

    /// <summary>In lower case.</summary>
    public string Platform { get; init; } = "";
}
