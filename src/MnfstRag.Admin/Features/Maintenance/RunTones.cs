using MnfstRag.Admin.Components;
using MnfstRag.Admin.Data.Maintenance;
using MnfstRag.Postgres.Maintaining;

namespace MnfstRag.Admin.Features.Maintenance;

/// <summary>How loud states and verdicts are.</summary>
public static class RunTones
{
    /// <summary>Of a run.</summary>
    public static Tone Tone(this MaintenanceRunState state) => state switch
    {
        MaintenanceRunState.Running or MaintenanceRunState.Queued => Components.Tone.Notice,
        MaintenanceRunState.WaitingForApproval or MaintenanceRunState.Reconciling or MaintenanceRunState.Unproven or MaintenanceRunState.Refused => Components.Tone.Warning,
        MaintenanceRunState.Failed or MaintenanceRunState.LeftSomething => Components.Tone.Critical,
        _ => Components.Tone.Quiet,
    };

    /// <summary>Of a step.</summary>
    public static Tone Tone(this MaintenanceResult result) => result switch
    {
        MaintenanceResult.Done or MaintenanceResult.NotBegun or MaintenanceResult.Cancelled => Components.Tone.Quiet,
        MaintenanceResult.Refused or MaintenanceResult.Unproven => Components.Tone.Warning,
        _ => Components.Tone.Critical,
    };

    /// <summary>"left something".</summary>
    public static string Word(this MaintenanceResult result) => result switch
    {
        MaintenanceResult.Done => "done",
        MaintenanceResult.LeftSomething => "left something",
        MaintenanceResult.NotBegun => "not begun",
        _ => result.ToString().ToLowerInvariant(),
    };

    /// <summary>"go with care".</summary>
    public static string Word(this MaintenanceVerdict verdict) => verdict switch
    {
        MaintenanceVerdict.Go => "Go",
        MaintenanceVerdict.GoWithCare => "Go with care",
        _ => "No",
    };

    /// <summary>Css class of a notice for it.</summary>
    public static string Css(this MaintenanceVerdict verdict) => verdict switch
    {
        MaintenanceVerdict.Go => "notice-done",
        MaintenanceVerdict.GoWithCare => "notice-warning",
        _ => "notice-critical",
    };
}
