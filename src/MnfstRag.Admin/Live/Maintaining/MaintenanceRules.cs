using Microsoft.EntityFrameworkCore;
using MnfstRag.Admin.Access.Audit;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Entities;

namespace MnfstRag.Admin.Live.Maintaining;

/// <summary>Freezes and the rule of four eyes, as the own store has them. Singleton. Checks no permission.</summary>
public sealed class MaintenanceRules(IDbContextFactory<AdminDbContext> contexts, AuditLog audit, TimeProvider clock)
{
    /// <summary>What governs an environment now.</summary>
    internal async Task<MaintenanceRule> OfAsync(Guid environment, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.MaintenanceRules.AsNoTracking().SingleOrDefaultAsync(row => row.EnvironmentId == environment, cancellationToken) is { } row ? Of(row) : MaintenanceRule.None;
    }

    /// <summary>Changes them, together with the audit row: both or neither.</summary>
    /// <exception cref="StoreUnavailableException">Neither happened.</exception>
    internal async Task ChangeAsync(Guid environment, Action<MaintenanceRuleRow> change, AuditEvent entry, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await audit.WithAsync(
            context,
            async () =>
            {
                var row = await context.MaintenanceRules.SingleOrDefaultAsync(one => one.EnvironmentId == environment, cancellationToken);
                if (row is null)
                {
                    row = new MaintenanceRuleRow { EnvironmentId = environment };
                    context.MaintenanceRules.Add(row);
                }

                change(row);
                await context.SaveChangesAsync(cancellationToken);
                return entry;
            },
            cancellationToken);
    }

    private MaintenanceRule Of(MaintenanceRuleRow row) => new(
        row.FourEyes,
        row is { FrozenReason: { } reason, FrozenBy: { } by, FrozenAt: { } at } && (row.FrozenUntil is not { } until || clock.GetUtcNow() < until)
            ? new MaintenanceFreeze(reason, by, at, row.FrozenUntil)
            : null);
}
