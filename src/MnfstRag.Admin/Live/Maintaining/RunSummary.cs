using MnfstRag.Admin.Data.Entities;
using MnfstRag.Admin.Data.Maintenance;

namespace MnfstRag.Admin.Live.Maintaining;

/// <summary>A maintenance run as lists show it.</summary>
/// <param name="Id">Stable id.</param>
/// <param name="Environment">Name of its environment.</param>
/// <param name="Title">What it does to what.</param>
/// <param name="Targets">Tables and indexes that it touches, schema-qualified and quoted as needed.</param>
/// <param name="IsDisruptive">May make others wait, or cannot be undone.</param>
/// <param name="State">How it stands.</param>
/// <param name="Words">What that means here; null while there is nothing to say.</param>
/// <param name="RequestedBy">Who asked for it, or made the schedule.</param>
/// <param name="RequestedAt">When.</param>
/// <param name="Reason">Why, in their words; may be empty.</param>
/// <param name="ScheduleId">The schedule that asked for it; null when a person did.</param>
/// <param name="ApprovedBy">The second administrator; null when none has.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="CancelAskedBy">Who asked it to stop; null when nobody did.</param>
public sealed record RunSummary(
    Guid Id,
    string Environment,
    string Title,
    IReadOnlyList<string> Targets,
    bool IsDisruptive,
    MaintenanceRunState State,
    string? Words,
    string RequestedBy,
    DateTimeOffset RequestedAt,
    string Reason,
    Guid? ScheduleId,
    string? ApprovedBy,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt,
    string? CancelAskedBy)
{
    /// <summary>As the store has it.</summary>
    internal static RunSummary Of(MaintenanceRunRow row, string environment) => new(
        row.Id, environment, row.Title, row.Targets, row.IsDisruptive, row.State, row.Words, row.RequestedBy, row.RequestedAt, row.Reason,
        row.ScheduleId, row.ApprovedBy, row.StartedAt, row.EndedAt, row.CancelAskedBy);

    /// <summary>How it stands, in a word.</summary>
    public string StateWord => State.Word();

    /// <summary>How long it took, or has taken at <paramref name="now"/>; null before it began.</summary>
    public TimeSpan? Took(DateTimeOffset now) => StartedAt is { } start ? (EndedAt ?? now) - start : null;
}
