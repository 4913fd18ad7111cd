using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Data.History;

/// <summary>What the own store remembers. Checks no permission: services do. Answers from minute rows where they are kept and needed, else from hour rows.</summary>
public interface IHistory
{
    /// <summary>Every subject that changed within the range, rolled up over it.</summary>
    /// <exception cref="StoreUnavailableException">The own store does not answer.</exception>
    Task<IReadOnlyList<HistoryTotal>> TotalsAsync(HistoryKind kind, Guid environment, TimeRange range, CancellationToken cancellationToken = default);

    /// <summary>How far one column that is summed up came, of every subject that it moved for.</summary>
    /// <exception cref="StoreUnavailableException">The own store does not answer.</exception>
    Task<HistoryChanges> ChangesAsync(HistoryKind kind, string column, Guid environment, TimeRange range, CancellationToken cancellationToken = default);

    /// <summary>One subject in at most <paramref name="points"/> even steps, gaps included.</summary>
    /// <exception cref="StoreUnavailableException">The own store does not answer.</exception>
    Task<IReadOnlyList<HistoryPoint>> SeriesAsync(HistoryKind kind, Guid environment, string subject, TimeRange range, int points, CancellationToken cancellationToken = default);

    /// <summary>The same for many subjects at once; those without any sample are left out.</summary>
    /// <exception cref="StoreUnavailableException">The own store does not answer.</exception>
    Task<IReadOnlyDictionary<string, IReadOnlyList<HistoryPoint>>> SeriesAsync(
        HistoryKind kind,
        Guid environment,
        IReadOnlyCollection<string> subjects,
        TimeRange range,
        int points,
        CancellationToken cancellationToken = default);

    /// <summary>What happened within the range, oldest first.</summary>
    /// <exception cref="StoreUnavailableException">The own store does not answer.</exception>
    Task<IReadOnlyList<HistoryEvent>> EventsAsync(Guid environment, TimeRange range, CancellationToken cancellationToken = default);

    /// <summary>Writes an event down; the same kind within the same second once.</summary>
    /// <exception cref="StoreUnavailableException">The own store does not answer.</exception>
    Task AddEventAsync(Guid environment, HistoryEvent happened, CancellationToken cancellationToken = default);

    /// <summary>Moments of the range at which somebody was blocked, oldest first.</summary>
    /// <exception cref="StoreUnavailableException">The own store does not answer.</exception>
    Task<IReadOnlyList<LockMoment>> LockMomentsAsync(Guid environment, TimeRange range, CancellationToken cancellationToken = default);

    /// <summary>The lock tree kept at that moment; null when none was.</summary>
    /// <exception cref="StoreUnavailableException">The own store does not answer.</exception>
    Task<LockForest?> LockTreeAsync(Guid environment, DateTimeOffset at, CancellationToken cancellationToken = default);
}
