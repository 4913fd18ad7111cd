namespace MnfstRag.Admin.Features.Tenants;

/// <summary>Why a tenant is not shown.</summary>
public enum TenantTroubleKind
{
    /// <summary>It is not there, or not the caller's: not told apart.</summary>
    NotFound,

    /// <summary>The fence does not hold.</summary>
    Closed,

    /// <summary>A reason must be stated first.</summary>
    ReasonNeeded,

    /// <summary>The server took too long.</summary>
    Slow,

    /// <summary>The server cannot be asked.</summary>
    Unavailable,
}
