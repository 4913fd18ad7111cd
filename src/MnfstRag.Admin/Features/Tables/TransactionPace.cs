using MnfstRag.Admin.Components;
using MnfstRag.Postgres.Advising;

namespace MnfstRag.Admin.Features.Tables;

/// <summary>How fast the server uses up transaction ids, from the dashboard's own history of the last day.</summary>
/// <param name="PerSecond">Ids a second; null where too little was observed to tell.</param>
/// <param name="Observed">How much of the last day was.</param>
public sealed record TransactionPace(double? PerSecond, TimeSpan Observed)
{
    /// <summary>Less says nothing of a day.</summary>
    public static readonly TimeSpan Least = TimeSpan.FromMinutes(30);

    /// <summary>Time until an age reaches <paramref name="limit"/> at this pace; null when that is not known, or nothing is used up.</summary>
    public TimeSpan? Until(long age, long limit) =>
        PerSecond is not { } pace || pace <= 0 ? null
        : age >= limit ? TimeSpan.Zero
        : TimeSpan.FromSeconds(Math.Min((limit - age) / pace, TimeSpan.MaxValue.TotalSeconds / 2));

    /// <summary>"in 212 d", "now", or why it is not told.</summary>
    public string Words(long age, long limit) => Until(age, limit) switch
    {
        { Ticks: 0 } => "now",
        { } time when time > TimeSpan.FromDays(3650) => "in more than ten years",
        { TotalDays: >= 100 } time => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"in {time.TotalDays:#,0} d"),
        { } time => $"in {Components.Words.Duration(time)}",
        null => PerSecond is 0 ? "never, at the pace of the last day" : Components.Words.Missing,
    };

    /// <summary>What the figures rest on.</summary>
    public string Basis => PerSecond is { } pace
        ? $"at {Components.Words.Rate(pace)}, as over {Components.Words.Duration(Observed)} of the last day that were observed"
        : $"The pace is known once the dashboard has watched for {Components.Words.Duration(Least)}; it has for {Components.Words.Duration(Observed)} of the last day";

    /// <summary>Ids that there are.</summary>
    public static long All => TableThresholds.Transactions;
}
