using MnfstRag.Postgres.Advising;

namespace MnfstRag.Admin.Live.Findings;

/// <summary>What findings call worth telling. Section <c>Findings</c>.</summary>
public sealed class FindingOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Findings";

    /// <summary>For so long an index must be known to be unused. One day to a year; longer than hours of history are kept, only the server's own statistics can tell.</summary>
    public TimeSpan UnusedIndexAge { get; set; } = TimeSpan.FromDays(14);

    /// <summary>Smaller unused indexes are not told. Megabytes of 2²⁰ bytes.</summary>
    public int UnusedIndexMegabytes { get; set; } = 10;

    /// <summary>From this size on a superfluous index is a warning, not a notice. Megabytes.</summary>
    public int LargeIndexMegabytes { get; set; } = 100;

    /// <summary>Less empty space in an index or table is not told. Megabytes.</summary>
    public int EmptyMegabytes { get; set; } = 100;

    /// <summary>A smaller empty part of an index or table is not told. Percent.</summary>
    public int EmptyPercent { get; set; } = 50;

    /// <summary>The same as the rules take it.</summary>
    public AdviceThresholds Thresholds => new()
    {
        Indexes = new IndexThresholds { UnusedAge = UnusedIndexAge, UnusedBytes = (long)UnusedIndexMegabytes << 20, LargeBytes = (long)LargeIndexMegabytes << 20 },
        Bloat = new BloatThresholds { LeastBytes = (long)EmptyMegabytes << 20, LeastShare = EmptyPercent / 100.0 },
    };
}
