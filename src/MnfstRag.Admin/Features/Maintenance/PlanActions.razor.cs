using Microsoft.AspNetCore.Components;
using MnfstRag.Admin.Live;

namespace MnfstRag.Admin.Features.Maintenance;

/// <summary>What can be done with a plan.</summary>
public sealed partial class PlanActions(RunService runs, ScheduleService schedules, RulesService rules, NavigationManager navigation, EnvironmentSelection selection)
{
    private string _reason = "";
    private string _typed = "";
    private string _password = "";
    private string? _fault;
    private string? _done;
    private bool _busy;
    private bool _timed;
    private ScheduleTime _time = new();
    private IReadOnlyList<WindowView> _windows = [];

    /// <summary>The plan.</summary>
    [Parameter, EditorRequired]
    public PlannedMaintenance Planned { get; set; } = null!;

    /// <summary>What the viewer may do.</summary>
    [Parameter, EditorRequired]
    public MaintenanceRights Rights { get; set; } = null!;

    private EnvironmentSelection Selection => selection;

    private bool MayRun => Planned.IsDisruptive ? Rights.RunDisruptive : Rights.RunSafe;

    private string Main => Planned.IsDisruptive ? "button-critical" : "button-primary";

    private bool Confirmed => !Planned.IsDisruptive || (_typed.Trim() == Planned.NameToType && _password.Length > 0 && _reason.Trim().Length >= RunService.ShortestReason);

    private async Task TimeAsync()
    {
        _windows = await rules.WindowsAsync(Planned.Environment);
        (_timed, _done) = (true, null);
    }

    private Task RunAsync() => _timed ? ScheduleAsync() : DoAsync(async () =>
    {
        var answer = await runs.RunAsync(new RunRequest(Planned.Id, _reason, _password, _typed));
        if (answer.Run is { } run)
        {
            navigation.NavigateTo(selection.Link($"/maintenance/runs/{run:D}", Planned.Environment));
        }

        return answer.Fault;
    });

    private Task ScheduleAsync() => DoAsync(async () =>
    {
        var fault = await schedules.AddAsync(_time.Request(Planned.Id, _reason, _password, _typed));
        _done = fault is null ? $"Scheduled: {Planned.Plan.Operation.Title}." : null;
        return fault;
    });

    private async Task DoAsync(Func<Task<string?>> action)
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        try
        {
            _fault = await action();
        }
        finally
        {
            (_busy, _password) = (false, "");
        }
    }
}
