namespace MnfstRag.Admin.Features.Maintenance;

/// <summary>A person's wish to have a plan's operation done at a set time. Exactly one of cron, moment and window is given.</summary>
/// <param name="Plan">The plan that was shown.</param>
/// <param name="TimeZone">IANA name of the zone that <paramref name="Cron"/> and <paramref name="Once"/> are meant in.</param>
/// <param name="Cron">Five fields, as crontab has them.</param>
/// <param name="Once">A moment on the clock of that zone.</param>
/// <param name="Window">The window that it runs in.</param>
/// <param name="Reason">Why, in their words.</param>
/// <param name="Password">Typed again for a disruptive operation.</param>
/// <param name="TypedName">The object's name, typed, for a disruptive operation.</param>
public sealed record ScheduleRequest(Guid Plan, string TimeZone, string? Cron, DateTime? Once, Guid? Window, string Reason, string Password = "", string TypedName = "");
