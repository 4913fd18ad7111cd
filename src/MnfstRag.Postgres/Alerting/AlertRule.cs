using MnfstRag.Postgres.Advising;

namespace MnfstRag.Postgres.Alerting;

/// <summary>From which value on somebody is told, after how long, and when it is over. Values are in <paramref name="Unit"/>.</summary>
/// <param name="Key">Stable name of the rule.</param>
/// <param name="Title">What it is about, in a few words: "Connections used".</param>
/// <param name="Unit">"%", "s", "MB", "days"; empty for a count.</param>
/// <param name="Warning">From here on a warning; null for none.</param>
/// <param name="Critical">From here on critical; null for none.</param>
/// <param name="For">So long a value must stay there before the alert is raised; see also <see cref="Calm"/>.</param>
/// <param name="Margin">How far a value must fall back behind its threshold before the alert begins to end: without it a value at the threshold would raise and end it again and again. Never more than half of the threshold: below a low one nothing would be left to fall to.</param>
/// <param name="LowerIsWorse">The value runs out, as the days of a certificate do.</param>
public sealed record AlertRule(
    string Key,
    string Title,
    string Unit,
    double? Warning,
    double? Critical,
    TimeSpan For,
    double Margin = 0,
    bool LowerIsWorse = false)
{
    private static readonly TimeSpan LeastCalm = TimeSpan.FromSeconds(30);

    /// <summary>So long a value must stay eased before the alert ends: as long as it had to stay bad, and half a minute at least, so that a row of short troubles is one alert.</summary>
    public TimeSpan Calm => For > LeastCalm ? For : LeastCalm;

    /// <summary>How bad a value is; null when it is good. Only <see cref="FindingLevel.Warning"/> and <see cref="FindingLevel.Critical"/> are said.</summary>
    public FindingLevel? LevelOf(double value) =>
        Reaches(value, Critical) ? FindingLevel.Critical
        : Reaches(value, Warning) ? FindingLevel.Warning
        : null;

    /// <summary>The value lies so far behind the threshold of <paramref name="level"/> that an alert of that level may end.</summary>
    public bool HasEased(double value, FindingLevel level)
    {
        // Without a warning threshold a critical alert ends behind its own.
        var threshold = level == FindingLevel.Critical ? Critical : Warning ?? Critical;
        return threshold is not { } limit || (LowerIsWorse ? value > limit + Margin : value < limit - Math.Min(Margin, limit / 2));
    }

    private bool Reaches(double value, double? threshold) => threshold is { } limit && (LowerIsWorse ? value <= limit : value >= limit);
}
