using Microsoft.EntityFrameworkCore;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Audit;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Fencing;

namespace MnfstRag.Admin.Features.Fencing;

/// <summary>Lets the product's users in or not, in one transaction with its audit row. Singleton.</summary>
internal sealed class ProductSignInSwitch(IDbContextFactory<AdminDbContext> contexts, ProductSignIns signIns, AuditLog audit)
{
    /// <summary>False when it was so already.</summary>
    public async Task<bool> SetAsync(Caller caller, WatchedEnvironment environment, bool enabled, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await audit.WithAsync(
            context,
            async () => await signIns.SetAsync(context, environment.Id, enabled, caller.Name, cancellationToken)
                ? new AuditEvent(enabled ? "sign-in.enable" : "sign-in.disable", AuditPhase.Event, caller, environment.Name, "sign-in of the product's users", "done")
                : null,
            cancellationToken);
    }
}
