using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Live.Sampling;

/// <summary>What one batch brought. A reader that was not asked, or that failed, is null; one that failed stands in <paramref name="Faults"/>.</summary>
internal sealed record ServerReading(
    Activity? Activity,
    LockForest? Locks,
    DatabaseCounters? Counters,
    ServerLimits? Limits,
    Capabilities? Capabilities,
    IReadOnlyDictionary<string, string> Faults)
{
    /// <summary>At least one reader succeeded.</summary>
    public bool Any => Activity is not null || Locks is not null || Counters is not null || Limits is not null || Capabilities is not null;
}
