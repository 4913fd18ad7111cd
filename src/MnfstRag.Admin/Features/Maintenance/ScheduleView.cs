namespace MnfstRag.Admin.Features.Maintenance;

/// <summary>A schedule as pages show it.</summary>
/// <param name="Id">Stable id.</param>
/// <param name="Title">What it does to what.</param>
/// <param name="IsDisruptive">May make others wait, or cannot be undone.</param>
/// <param name="When">"0 3 * * 0 (Europe/Berlin)", "once", "whenever Sunday night opens".</param>
/// <param name="TimeZone">IANA name of the zone that it is meant in.</param>
/// <param name="CreatedById">Account that made it.</param>
/// <param name="CreatedBy">Its name.</param>
/// <param name="Reason">Why.</param>
/// <param name="NeedsApproval">A second administrator has not approved it yet.</param>
/// <param name="ApprovedBy">Who has.</param>
/// <param name="Next">Its next times, UTC; none for one whose time has been.</param>
/// <param name="Length">How long its window is open; null without one.</param>
/// <param name="LastFiredAt">When its time came last.</param>
/// <param name="LastWords">What came of that.</param>
public sealed record ScheduleView(
    Guid Id,
    string Title,
    bool IsDisruptive,
    string When,
    string TimeZone,
    Guid CreatedById,
    string CreatedBy,
    string Reason,
    bool NeedsApproval,
    string? ApprovedBy,
    IReadOnlyList<DateTimeOffset> Next,
    TimeSpan? Length,
    DateTimeOffset? LastFiredAt,
    string? LastWords);
