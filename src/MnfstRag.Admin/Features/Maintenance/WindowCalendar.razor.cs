using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace MnfstRag.Admin.Features.Maintenance;

/// <summary>Windows and scheduled times of the next four weeks, by the days of their own clocks.</summary>
public sealed partial class WindowCalendar(TimeProvider clock)
{
    /// <summary>So many times of a schedule stand out; what repeats itself after them is quieter.</summary>
    private const int Foremost = 5;

    /// <summary>Windows with their next times.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<WindowView> Windows { get; set; } = [];

    /// <summary>Schedules with their next times.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<ScheduleView> Schedules { get; set; } = [];

    /// <summary>The zone of all of them: then it is said once.</summary>
    private string? OneZone => Windows.Select(window => window.TimeZone).Concat(Schedules.Select(schedule => schedule.TimeZone)).Distinct(StringComparer.Ordinal).ToList() is [var only] ? only : null;

    private DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    private IEnumerable<DateOnly> Days => Enumerable.Range(0, WindowView.DaysAhead).Select(Today.AddDays);

    private IEnumerable<(DateTimeOffset At, WindowView Window)> Opening(DateOnly day) =>
        Windows.SelectMany(window => window.Next.Where(at => On(at, window.TimeZone, day)).Select(at => (at, window))).OrderBy(one => one.at);

    /// <summary>Each once a day: what comes every hour would hide what comes once.</summary>
    private IEnumerable<(DateTimeOffset At, ScheduleView Schedule, bool Again, bool Later)> Due(DateOnly day) =>
        from schedule in Schedules
        let times = schedule.Next.Where(at => On(at, schedule.TimeZone, day)).ToList()
        where times.Count > 0
        orderby times[0]
        select (times[0], schedule, times.Count > 1, schedule.Next.Take(Foremost).All(at => at < times[0]));

    private static bool On(DateTimeOffset at, string zone, DateOnly day) => DateOnly.FromDateTime(Local(at, zone)) == day;

    private string Clocked(DateTimeOffset at, string zone) => $"{Local(at, zone).ToString("HH:mm", CultureInfo.InvariantCulture)}{(OneZone is null ? $" {zone}" : "")}";

    private static DateTime Local(DateTimeOffset at, string zone) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var known) ? TimeZoneInfo.ConvertTime(at, known).DateTime : at.UtcDateTime;
}
