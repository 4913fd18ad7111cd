using System.Globalization;

namespace MnfstRag.Admin.Features.Maintenance;

/// <summary>A set time as a person fills it in.</summary>
/// <param name="Kind">"once", "cron" or "window".</param>
/// <param name="TimeZone">IANA name of the zone.</param>
/// <param name="Cron">Five fields.</param>
/// <param name="Once">A moment on that zone's clock.</param>
/// <param name="Window">A window.</param>
public sealed record ScheduleTime(string Kind = "once", string TimeZone = "UTC", string Cron = "0 3 * * 0", string Once = "", Guid? Window = null)
{
    /// <summary>The wish that it makes.</summary>
    public ScheduleRequest Request(Guid plan, string reason, string password, string typed) => new(
        plan,
        TimeZone.Trim(),
        Kind == "cron" ? Cron : null,
        Kind == "once" && DateTime.TryParse(Once, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) ? at : null,
        Kind == "window" ? Window ?? Guid.Empty : null,
        reason,
        password,
        typed);
}
