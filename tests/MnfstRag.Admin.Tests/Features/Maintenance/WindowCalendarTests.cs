using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MnfstRag.Admin.Features.Maintenance;
using MnfstRag.Admin.Live.Maintaining;

namespace MnfstRag.Admin.Tests.Features.Maintenance;

/// <summary>The calendar shows all of four weeks: what comes daily on each day, what comes hourly once a day, what comes once where it comes.</summary>
public sealed class WindowCalendarTests : BunitContext
{
    private static readonly DateTimeOffset Noon = new(2026, 10, 20, 12, 0, 0, TimeSpan.Zero);

    public WindowCalendarTests() => Services.AddSingleton<TimeProvider>(new FakeTimeProvider(Noon));

    [Fact]
    public void Times_ahead_reach_as_far_as_is_asked_with_few_of_each_day_and_over_a_change_of_clocks()
    {
        IReadOnlyList<DateTimeOffset> Ahead(string cron) => ScheduleTimes.Ahead(ScheduleTimes.Parse(cron, "Europe/Zurich")!, "Europe/Zurich", Noon, 28, 3);

        Assert.Equal(28, Ahead("15 3 * * *").Count);
        Assert.Equal([3, 3, 3], Ahead("*/5 * * * *").GroupBy(Day).Take(3).Select(day => day.Count()));
        Assert.Equal(29, Ahead("*/5 * * * *").GroupBy(Day).Count());
        Assert.Equal(["00:00", "00:05", "00:10"], Ahead("*/5 * * * *").Where(at => Day(at) == new DateTime(2026, 10, 26)).Select(at => Local(at).ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal([new DateTimeOffset(2027, 6, 1, 22, 0, 0, TimeSpan.Zero)], Ahead("0 0 2 6 *"));
    }

    [Fact]
    public void What_repeats_itself_is_on_each_of_its_days_once_and_stands_back_after_a_while()
    {
        var calendar = Calendar(Schedule("every night", "0 3 * * *", "UTC"), Schedule("every hour", "30 * * * *", "UTC"));

        Assert.Equal(27, Texts(calendar, ".calendar-run, .calendar-later").Count(text => text.Contains("every night", StringComparison.Ordinal)));
        Assert.Equal(5, Texts(calendar, ".calendar-run").Count(text => text.Contains("every night", StringComparison.Ordinal)));
        var hourly = Texts(calendar, ".calendar-run, .calendar-later").Where(text => text.Contains("every hour", StringComparison.Ordinal)).ToList();
        Assert.Equal(28, hourly.Count);
        Assert.All(hourly, text => Assert.EndsWith("and again that day", text, StringComparison.Ordinal));
        Assert.DoesNotContain(Texts(calendar, ".calendar-run"), text => text.Contains("every night", StringComparison.Ordinal) && text.Contains("again", StringComparison.Ordinal));
    }

    [Fact]
    public void One_zone_is_said_once_and_several_with_each_time()
    {
        var one = Calendar(Schedule("nightly", "0 3 * * *", "Europe/Zurich"));
        var several = Calendar(Schedule("nightly", "0 3 * * *", "Europe/Zurich"), Schedule("daily", "0 9 * * *", "UTC"));

        Assert.Contains("on the clock of Europe/Zurich", one.Find(".panel-heading").TextContent, StringComparison.Ordinal);
        Assert.Equal("03:00 nightly", Texts(one, ".calendar-run")[0]);
        Assert.Contains("its own time zone", several.Find(".panel-heading").TextContent, StringComparison.Ordinal);
        Assert.Contains("03:00 Europe/Zurich nightly", Texts(several, ".calendar-run"));
    }

    private IRenderedComponent<WindowCalendar> Calendar(params ScheduleView[] schedules) =>
        Render<WindowCalendar>(parameters => parameters.Add(one => one.Windows, []).Add(one => one.Schedules, schedules));

    private static List<string> Texts(IRenderedComponent<WindowCalendar> calendar, string selector) =>
        [.. calendar.FindAll(selector).Select(entry => string.Join(' ', entry.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))];

    private static ScheduleView Schedule(string title, string cron, string zone) => new(
        Guid.NewGuid(), title, false, cron, zone, Guid.NewGuid(), "ada", "it is time", false, null, ScheduleTimes.Ahead(ScheduleTimes.Parse(cron, zone)!, zone, Noon, WindowView.DaysAhead, 3), null, null, null);

    private static DateTime Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById("Europe/Zurich")).DateTime;

    private static DateTime Day(DateTimeOffset at) => Local(at).Date;
}
