using MnfstRag.Admin.Access.Tenants;
using MnfstRag.Admin.Data.Tenants;

namespace MnfstRag.Admin.Features.Tenants;

/// <summary>What keeps a tenant from being shown.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Words">The same for a person.</param>
public sealed record TenantTrouble(TenantTroubleKind Kind, string Words)
{
    /// <summary>Of what a service threw; null for a fault of the dashboard, and for what the caller may not at all.</summary>
    internal static TenantTrouble? Of(Exception fault) => fault switch
    {
        TenantNotFoundException => new(TenantTroubleKind.NotFound, fault.Message),
        TenantAreaClosedException => new(TenantTroubleKind.Closed, fault.Message),
        ContentReasonNeededException => new(TenantTroubleKind.ReasonNeeded, fault.Message),
        TenantUnavailableException { IsSlow: true } => new(TenantTroubleKind.Slow, fault.Message),
        TenantUnavailableException => new(TenantTroubleKind.Unavailable, fault.Message),
        _ => null,
    };
}
