using Quartz;

namespace MnfstRag.Admin.Live.Maintaining;

/// <summary>Cron expressions of five fields, as crontab has them, in a named time zone.</summary>
internal static class ScheduleTimes
{
    /// <summary>Null when the expression or the zone is none.</summary>
    public static CronExpression? Parse(string? cron, string zone) =>
        cron is not null && Zone(zone) is { } where && cron.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length == 5 && CronExpression.TryParse(cron.Trim(), CronFormat.Unix, out var parsed)
            ? parsed.WithTimeZone(where)
            : null;

    /// <summary>The zone of an IANA name; null when there is none.</summary>
    public static TimeZoneInfo? Zone(string name) => TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && zone.HasIanaId ? zone : null;

    /// <summary>The next times after <paramref name="after"/>, at most <paramref name="most"/>.</summary>
    public static IEnumerable<DateTimeOffset> Next(CronExpression cron, DateTimeOffset after, int most)
    {
        for (var at = after; most > 0 && cron.GetNextValidTimeAfter(at) is { } next; most--)
        {
            yield return next;
            at = next;
        }
    }
}
