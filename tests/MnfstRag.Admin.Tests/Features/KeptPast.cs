using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.History;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Tests.Features;

/// <summary>A past that the test chooses, for pages; the store's own is tested beside it.</summary>
internal sealed class KeptPast : IHistory
{
    /// <summary>Active sessions in each step; null is a gap.</summary>
    public IReadOnlyList<double?> Active { get; set; } = [];

    public IReadOnlyList<HistoryEvent> Events { get; set; } = [];

    public IReadOnlyList<LockMoment> Moments { get; set; } = [];

    public Dictionary<DateTimeOffset, LockForest> Trees { get; } = [];

    /// <summary>What is known of subjects over a stretch.</summary>
    public Func<TimeRange, IReadOnlyList<HistoryTotal>> Totals { get; set; } = _ => [];

    /// <summary>Points of subjects, whatever the stretch.</summary>
    public Dictionary<string, IReadOnlyList<HistoryPoint>> Lines { get; } = new(StringComparer.Ordinal);

    /// <summary>Set: every question is answered with this.</summary>
    public StoreUnavailableException? Fault { get; set; }

    /// <summary>Totals are answered once this has ended.</summary>
    public Task Until { get; set; } = Task.CompletedTask;

    public List<TimeRange> Asked { get; } = [];

    public Task<IReadOnlyList<HistoryPoint>> SeriesAsync(HistoryKind kind, Guid environment, string subject, TimeRange range, int points, CancellationToken cancellationToken = default)
    {
        Asked.Add(range);
        return Answer<IReadOnlyList<HistoryPoint>>([
            .. Active.Select((active, step) => new HistoryPoint(
                range.From + (step * (range.Length / Active.Count)),
                active is null ? TimeSpan.Zero : TimeSpan.FromMinutes(1),
                [active, 0, 0, 0, 1, 0, 0, 1, active + 2, active + 2, 0, 97, 12, 0.99, 1])),
        ]);
    }

    public Task<IReadOnlyList<HistoryEvent>> EventsAsync(Guid environment, TimeRange range, CancellationToken cancellationToken = default) => Answer(Events);

    public Task<IReadOnlyList<LockMoment>> LockMomentsAsync(Guid environment, TimeRange range, CancellationToken cancellationToken = default) => Answer(Moments);

    public Task<LockForest?> LockTreeAsync(Guid environment, DateTimeOffset at, CancellationToken cancellationToken = default) => Answer(Trees.GetValueOrDefault(at));

    public async Task<IReadOnlyList<HistoryTotal>> TotalsAsync(HistoryKind kind, Guid environment, TimeRange range, CancellationToken cancellationToken = default)
    {
        await Until.WaitAsync(cancellationToken);
        return await Answer(Totals(range));
    }

    public async Task<HistoryChanges> ChangesAsync(HistoryKind kind, string column, Guid environment, TimeRange range, CancellationToken cancellationToken = default)
    {
        var totals = await TotalsAsync(kind, environment, range, cancellationToken);
        return new HistoryChanges(
            totals.Where(total => total.Values[kind[column]] > 0).ToDictionary(total => total.Subject, total => total.Values[kind[column]]!.Value, StringComparer.Ordinal),
            totals.Count == 0 ? null : totals.Min(total => total.FirstSeen));
    }

    public Task<IReadOnlyDictionary<string, IReadOnlyList<HistoryPoint>>> SeriesAsync(
        HistoryKind kind, Guid environment, IReadOnlyCollection<string> subjects, TimeRange range, int points, CancellationToken cancellationToken = default) =>
        Answer<IReadOnlyDictionary<string, IReadOnlyList<HistoryPoint>>>(Lines.Where(line => subjects.Contains(line.Key)).ToDictionary(StringComparer.Ordinal));

    /// <summary>What was written, the oldest first.</summary>
    public List<(Guid Environment, HistoryEvent Happened)> Written { get; } = [];

    public Task AddEventAsync(Guid environment, HistoryEvent happened, CancellationToken cancellationToken = default)
    {
        Written.Add((environment, happened));
        return Answer(true);
    }

    private Task<T> Answer<T>(T value) => Fault is { } fault ? Task.FromException<T>(fault) : Task.FromResult(value);
}
