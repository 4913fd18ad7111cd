using MnfstRag.Admin.Data.Maintenance;

namespace MnfstRag.Admin.Data.Entities;

/// <summary>One maintenance run, from the request to its proof.</summary>
public sealed class MaintenanceRunRow
{
    /// <summary>Stable id, in the order of requests.</summary>
    public Guid Id { get; set; }

    /// <summary>Where.</summary>
    public Guid EnvironmentId { get; set; }

    /// <summary>Whoever asks again with the same key gets this run: one plan runs once, however often the button is pressed.</summary>
    public required string Key { get; set; }

    /// <summary>What it does to what, in words.</summary>
    public required string Title { get; set; }

    /// <summary>Kind of the operation: durations are estimated from runs of the same kind.</summary>
    public required string Kind { get; set; }

    /// <summary>The operation, as <c>MnfstRag.Postgres.Maintaining</c> writes it.</summary>
    public required string Operation { get; set; }

    /// <summary>Tables and indexes that it touches, schema-qualified and quoted as needed; of two runs that share one, one waits.</summary>
    public required string[] Targets { get; set; }

    /// <summary>May make others wait, or cannot be undone.</summary>
    public bool IsDisruptive { get; set; }

    /// <summary>The plan as it was shown when the run was asked for; null until a scheduled run has made its own.</summary>
    public string? Plan { get; set; }

    /// <summary>The SQL of that plan.</summary>
    public string? Script { get; set; }

    /// <summary>Verdict of that plan, in a word.</summary>
    public string? Verdict { get; set; }

    /// <summary>Table and indexes of that plan together, bytes; null where it has no size.</summary>
    public long? Bytes { get; set; }

    /// <summary>Steps of that plan that another run has done already: they are left out.</summary>
    public int[] DoneSteps { get; set; } = [];

    /// <summary>The run that this one resumes.</summary>
    public Guid? ResumesId { get; set; }

    /// <summary>How it stands.</summary>
    public MaintenanceRunState State { get; set; }

    /// <summary>What that means here, in words: what it waits for, what came of it.</summary>
    public string? Words { get; set; }

    /// <summary>Account that asked for it, or that made the schedule.</summary>
    public Guid RequestedById { get; set; }

    /// <summary>Its name, at that time.</summary>
    public required string RequestedBy { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset RequestedAt { get; set; }

    /// <summary>Why, in their words.</summary>
    public required string Reason { get; set; }

    /// <summary>The schedule that asked for it; null when a person did.</summary>
    public Guid? ScheduleId { get; set; }

    /// <summary>Nothing of it begins after that: the maintenance window closes.</summary>
    public DateTimeOffset? EndsBy { get; set; }

    /// <summary>The second administrator's account; null while nobody approved.</summary>
    public Guid? ApprovedById { get; set; }

    /// <summary>Their name, at that time.</summary>
    public string? ApprovedBy { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset? ApprovedAt { get; set; }

    /// <summary>Whose it is while it runs: a process that lost it can no longer write about it.</summary>
    public Guid? Claim { get; set; }

    /// <summary>When it began.</summary>
    public DateTimeOffset? StartedAt { get; set; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Somebody asked it to stop.</summary>
    public DateTimeOffset? CancelAskedAt { get; set; }

    /// <summary>Who.</summary>
    public string? CancelAskedBy { get; set; }

    /// <summary>How far it is, as it was told last.</summary>
    public string? Progress { get; set; }

    /// <summary>What came of it: steps, notices, proof.</summary>
    public string? Result { get; set; }

    /// <summary>Joins its rows in the audit log.</summary>
    public Guid Correlation { get; set; }
}
