namespace MnfstRag.Admin.Features.Tenants;

/// <summary>Users of a tenant and how many of them did something.</summary>
public sealed class ActiveUsers
{
    /// <summary>All of them.</summary>
    public long Users { get; init; }

    /// <summary>Those who used a session in the stretch.</summary>
    public long Talked { get; init; }

    /// <summary>Those who signed in to the product in the stretch.</summary>
    public long SignedIn { get; init; }
}
