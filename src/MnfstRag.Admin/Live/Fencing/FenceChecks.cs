using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Fencing;
using MnfstRag.Admin.Live.Sampling;
using MnfstRag.Postgres.Fencing;

namespace MnfstRag.Admin.Live.Fencing;

/// <summary>
/// While this instance leads: looks at every fence's catalog every few minutes, so that a migration of the product or somebody's change closes
/// the tenant area soon, and tries to get past each fence once a night.
/// </summary>
internal sealed class FenceChecks(
    StoreState store,
    IEnvironmentStore environments,
    IFenceRecords records,
    ILeadership leadership,
    FenceInspection inspection,
    FenceTesting testing,
    TimeProvider clock,
    ILogger<FenceChecks> logger) : BackgroundService
{
    /// <summary>One look is a few reads of the catalog.</summary>
    internal static readonly TimeSpan Between = TimeSpan.FromMinutes(5);

    /// <summary>Leadership may come late after a start.</summary>
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(5);

    /// <summary>UTC hour of the nightly self-test.</summary>
    private const int Night = 3;

    private readonly Dictionary<Guid, DateTimeOffset> _looked = [];

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await store.WhenReadyAsync(stoppingToken);
            while (!stoppingToken.IsCancellationRequested)
            {
                await RoundAsync(stoppingToken);
                await Task.Delay(Round, clock, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    /// <summary>The newest time of the nightly test that has passed.</summary>
    internal static DateTimeOffset LastNight(DateTimeOffset now)
    {
        var today = new DateTimeOffset(now.UtcDateTime.Date.AddHours(Night), TimeSpan.Zero);
        return today <= now ? today : today.AddDays(-1);
    }

    private async Task RoundAsync(CancellationToken stoppingToken)
    {
        var standing = leadership.Standing;
        if (!standing.Leads)
        {
            return;
        }

        using var held = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, standing.Held);
        try
        {
            foreach (var environment in await environments.ListAsync(held.Token))
            {
                await CheckAsync(environment, held.Token);
            }
        }
        catch (OperationCanceledException) when (held.IsCancellationRequested)
        {
            // Leadership is lost, or the host stops.
        }
        catch (Exception fault)
        {
            FenceLog.RoundFailed(logger, fault);
        }
    }

    private async Task CheckAsync(WatchedEnvironment environment, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (_looked.TryGetValue(environment.Id, out var last) && now - last < Between)
        {
            return;
        }

        _looked[environment.Id] = now;
        var before = await records.FindAsync(environment.Id, cancellationToken);
        if (await inspection.LookAsync(environment.Id, FencePart.Tenants, cancellationToken) is not { } state)
        {
            return;
        }

        if (before is not null && before.HoldsAt(now) && !state.Holds && state.Standing != FenceStanding.Unknown)
        {
            FenceLog.NoLongerHolds(logger, environment.Name, state.Standing);
        }

        if (state.Holds && environment.Credentials.Contains(CredentialKind.Fence)
            && await records.TestsAsync(environment.Id, 1, cancellationToken) is var tests
            && (tests.Count == 0 || tests[0].At < LastNight(now)))
        {
            var proven = await testing.RunAsync(environment.Id, by: null, cancellationToken);
            FenceLog.Tested(logger, environment.Name, proven.Verdict, proven.Attempts.Count);
        }
    }
}
