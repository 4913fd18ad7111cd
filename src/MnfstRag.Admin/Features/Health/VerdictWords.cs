using System.Globalization;
using MnfstRag.Admin.Components;
using MnfstRag.Postgres.Checking;

namespace MnfstRag.Admin.Features.Health;

/// <summary>Verdicts as words, tones and order.</summary>
internal static class VerdictWords
{
    public static string Of(Verdict verdict) => verdict.ToString().ToLowerInvariant();

    /// <summary>"2 failing", "1 warning", "3 warnings", "18 ok".</summary>
    public static string Counted(int count, Verdict verdict) => verdict == Verdict.Warning ? Words.Plural(count, "warning") : $"{Words.Count(count)} {Of(verdict)}";

    public static int Weight(Verdict verdict) => verdict switch
    {
        Verdict.Failing => 3,
        Verdict.Warning => 2,
        Verdict.Ok => 1,
        _ => 0,
    };

    public static Tone Tone(Verdict verdict) => verdict switch
    {
        Verdict.Failing => Components.Tone.Critical,
        Verdict.Warning => Components.Tone.Warning,
        Verdict.Ok => Components.Tone.Quiet,
        _ => Components.Tone.Unknown,
    };

    /// <summary>"Worked at 2026-11-26 14:05 UTC, fails since 14:12."; null when earlier runs say nothing of it.</summary>
    public static string? Past(HealthPast past, Verdict now) => past switch
    {
        { WorkedAt: { } worked, Since: { } since } => $"Worked at {Time(worked)}, {(now == Verdict.Failing ? "fails" : "is not well")} since {Time(since)}.",
        { Since: { } since, Before: Verdict.Failing or Verdict.Warning } => $"Not well in every run that is kept, since {Time(since)}.",
        { Since: null, Before: Verdict.Failing or Verdict.Warning } when now == Verdict.Ok => "Was not well in the run before.",
        _ => null,
    };

    private static string Time(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
