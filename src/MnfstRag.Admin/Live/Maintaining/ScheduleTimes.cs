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

    /// <summary>The next times of <paramref name="days"/> days, at most <paramref name="aDay"/> of each on the clock of <paramref name="zone"/>; the very next one in any case.</summary>
    public static IReadOnlyList<DateTimeOffset> Ahead(CronExpression cron, string zone, DateTimeOffset after, int days, int aDay)
    {
        var where = Zone(zone) ?? TimeZoneInfo.Utc;
        var times = new List<DateTimeOffset>();
        for (var at = after; cron.GetNextValidTimeAfter(at) is { } next && (times.Count == 0 || next < after.AddDays(days)); at = times.Count < aDay || Day(times[^aDay]) != Day(next) ? next : LastOf(next))
        {
            times.Add(next);
        }

        return times;

        DateTime Day(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, where).Date;

        // The last second of its day: a clock that is put forward or back makes a day shorter or longer.
        DateTimeOffset LastOf(DateTimeOffset at)
        {
            var morrow = at;
            while (Day(morrow) == Day(at))
            {
                morrow = morrow.AddHours(1);
            }

            return morrow - TimeZoneInfo.ConvertTime(morrow, where).TimeOfDay - TimeSpan.FromSeconds(1);
        }
    }
}
