using Microsoft.EntityFrameworkCore;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Entities;
using MnfstRag.Admin.Live.Maintaining;

namespace MnfstRag.Admin.Live.Alerting;

/// <summary>Nobody is told while a maintenance window of the environment is open: what is done in it is meant to show.</summary>
internal sealed class OpenWindows(IDbContextFactory<AdminDbContext> contexts) : IQuietTimes
{
    public async Task<bool> IsQuietAsync(Guid environmentId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var windows = await context.MaintenanceWindows.AsNoTracking().Where(row => row.EnvironmentId == environmentId).ToListAsync(cancellationToken);
        return windows.Exists(window => IsOpen(window, now));
    }

    /// <summary>It opened within its length before now.</summary>
    private static bool IsOpen(MaintenanceWindowRow window, DateTimeOffset now) =>
        ScheduleTimes.Parse(window.Cron, window.TimeZone)?.GetNextValidTimeAfter(now - TimeSpan.FromMinutes(window.Minutes)) <= now;
}
