using System.Collections.Frozen;
using Microsoft.Extensions.Options;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.History;
using MnfstRag.Admin.Live.Recording;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Live.Findings;

/// <summary>
/// Looks into history, once an hour, for indexes of which no scan was seen for as long as it takes to call them unused: the server itself
/// does not say since when it counts, unless its statistics were reset. Says nothing where history saw less than half of that time.
/// </summary>
internal sealed class QuietIndexes(EnvironmentWatches watches, StoreState state, IHistory history, IOptions<FindingOptions> options, TimeProvider clock, ILogger<QuietIndexes> logger)
    : BackgroundService
{
    private const double LeastSeen = 0.5;
    private static readonly TimeSpan Turn = TimeSpan.FromHours(1);
    private static readonly TimeSpan First = TimeSpan.FromMinutes(1);

    /// <summary>Looks for one environment.</summary>
    /// <exception cref="StoreUnavailableException">The own store does not answer.</exception>
    public async Task<IReadOnlyDictionary<string, DateTimeOffset>> LookAsync(Guid environment, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var range = new TimeRange(now - options.Value.UnusedIndexAge, now);
        var totals = await history.TotalsAsync(IndexHistory.Kind, environment, range, cancellationToken);
        var quiet = totals.Where(total => total.FirstSeen <= range.From && total.Values[IndexHistory.Kind["scans"]] is null or 0).ToList();
        if (quiet.Count == 0)
        {
            return FrozenDictionary<string, DateTimeOffset>.Empty;
        }

        var seen = await history.SeriesAsync(IndexHistory.Kind, environment, quiet[0].Subject, range, 1, cancellationToken);
        return seen.Sum(point => point.Covered.TotalSeconds) < LeastSeen * range.Length.TotalSeconds
            ? FrozenDictionary<string, DateTimeOffset>.Empty
            : quiet.ToFrozenDictionary(total => total.Subject, _ => range.From, StringComparer.Ordinal);
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await state.WhenReadyAsync(stoppingToken);
            await Task.Delay(First, clock, stoppingToken);
            while (true)
            {
                foreach (var watch in watches.All)
                {
                    await LookAsync(watch, stoppingToken);
                }

                await Task.Delay(Turn, clock, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task LookAsync(EnvironmentWatch watch, CancellationToken stoppingToken)
    {
        try
        {
            watch.QuietIndexes = await LookAsync(watch.Environment.Id, stoppingToken);
        }
        catch (StoreUnavailableException fault)
        {
            LiveLog.QuietIndexesUnknown(logger, watch.Environment.Name, fault.Message);
        }
    }
}
