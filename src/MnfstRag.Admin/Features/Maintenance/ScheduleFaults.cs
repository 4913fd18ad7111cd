using MnfstRag.Admin.Data.Entities;
using MnfstRag.Admin.Features.Maintenance.Scheduling;
using MnfstRag.Admin.Live.Maintaining;

namespace MnfstRag.Admin.Features.Maintenance;

/// <summary>What is wrong with a wished time.</summary>
internal static class ScheduleFaults
{
    /// <summary>Null when nothing is.</summary>
    public static string? Of(ScheduleRequest request, MaintenanceWindowRow? window, DateTimeOffset now) =>
        request.Reason.Trim().Length is < RunService.ShortestReason or > RunService.LongestReason ? "Say in a few words why: nobody may be there to ask when it runs (at most 300 characters)."
        : request.Window is not null ? window is null ? "This window is gone; choose another one." : null
        : ScheduleTimes.Zone(request.TimeZone) is null ? $"{request.TimeZone} is no time zone. It has an IANA name, such as Europe/Berlin or UTC."
        : request.Once is { } once ? OnceFault(once, request.TimeZone, now)
        : CronFault(request.Cron, request.TimeZone, now);

    /// <summary>Null when the expression will come true some day.</summary>
    public static string? CronFault(string? cron, string zone, DateTimeOffset now) =>
        ScheduleTimes.Parse(cron, zone) is not { } times ? $"\"{cron}\" is no cron expression of five fields: minute, hour, day of the month, month, day of the week. \"0 3 * * 0\" is Sunday at 03:00."
        : times.GetNextValidTimeAfter(now) is null ? $"\"{cron}\" never comes true."
        : null;

    /// <summary>A time on the clock of a zone; null where that clock leaves it out.</summary>
    public static DateTimeOffset? Moment(DateTime local, string zone)
    {
        var where = ScheduleTimes.Zone(zone)!;
        var clock = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        return where.IsInvalidTime(clock) ? null : new DateTimeOffset(TimeZoneInfo.ConvertTimeToUtc(clock, where), TimeSpan.Zero);
    }

    private static string? OnceFault(DateTime once, string zone, DateTimeOffset now) =>
        Moment(once, zone) is not { } at ? $"The clock of {zone} leaves this time out: it is put forward then. Choose another one."
        : at <= now ? "This time has been. Choose a later one."
        : null;
}
