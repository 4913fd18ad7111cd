using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using MnfstRag.Admin.Access.Audit;
using MnfstRag.Admin.Access.Tenants;
using MnfstRag.Admin.Data;

namespace MnfstRag.Admin.Access.Sessions;

/// <inheritdoc cref="IAccess" />
/// <remarks>A circuit lives longer than the request that opened it, so this never looks at an HttpContext.</remarks>
internal sealed class CircuitAccess(
    AuthenticationStateProvider authentication,
    CallerLookup callers,
    IAuditLog audit,
    ILogger<CircuitAccess> logger) : IAccess
{
    public async Task<Caller> RequireAsync(string permission, CancellationToken cancellationToken = default)
    {
        var principal = await PrincipalAsync();
        var caller = await callers.FindAsync(principal, cancellationToken);
        if (caller is not null && caller.Permissions.Contains(permission))
        {
            return caller;
        }

        await RecordAsync(permission, caller, principal, cancellationToken);
        throw new PermissionDeniedException(permission);
    }

    public async Task<bool> MayAsync(string permission, CancellationToken cancellationToken = default)
    {
        var principal = await PrincipalAsync();
        try
        {
            return await callers.FindAsync(principal, cancellationToken) is { } caller && caller.Permissions.Contains(permission);
        }
        catch (TenantAreaClosedException)
        {
            // Pages stay in the navigation and say themselves why they show nothing.
            return principal.HasClaim(SessionClaims.Permission, permission);
        }
    }

    private async Task<ClaimsPrincipal> PrincipalAsync() => (await authentication.GetAuthenticationStateAsync()).User;

    private async Task RecordAsync(string permission, Caller? caller, ClaimsPrincipal principal, CancellationToken cancellationToken)
    {
        var person = caller?.Name ?? principal.Identity?.Name;
        AccessMessages.Refused(logger, permission, AuditText.Shown(person) ?? "nobody");
        try
        {
            var state = caller is null ? "session ended" : "permission not held";
            await audit.WriteAsync(
                new AuditEvent(
                    "access.refused",
                    AuditPhase.Event,
                    caller,
                    Object: permission,
                    Outcome: "refused",
                    Details: new Dictionary<string, string>(StringComparer.Ordinal) { ["person"] = person ?? "nobody", ["reason"] = state }),
                cancellationToken);
        }
        catch (StoreUnavailableException fault)
        {
            AccessMessages.RefusalNotRecorded(logger, permission, fault);
        }
    }
}
