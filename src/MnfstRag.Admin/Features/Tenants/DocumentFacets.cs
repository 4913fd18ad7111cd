namespace MnfstRag.Admin.Features.Tenants;

/// <summary>What the tenant's documents may be filtered by.</summary>
/// <param name="Types">MIME types that it has, the most frequent first.</param>
/// <param name="Uploaders">Users of the tenant, by e-mail.</param>
public sealed record DocumentFacets(IReadOnlyList<string> Types, IReadOnlyList<(Guid Id, string Email)> Uploaders)
{
    /// <summary>Before they were read.</summary>
    public static DocumentFacets None { get; } = new([], []);
}
