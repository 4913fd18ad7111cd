using Microsoft.AspNetCore.Components;
using MnfstRag.Admin.Live;

namespace MnfstRag.Admin.Features.Maintenance;

/// <summary>What can be done about a run: stop it, approve it, resume it, clear up after it.</summary>
public sealed partial class RunActions
{
    private string _password = "";
    private string? _fault;
    private bool _busy;

    [Inject]
    private RunService Runs { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private EnvironmentSelection Selection { get; set; } = null!;

    /// <summary>The run.</summary>
    [Parameter, EditorRequired]
    public RunDetail Detail { get; set; } = null!;

    /// <summary>What the viewer may do; null while that is not known.</summary>
    [Parameter, EditorRequired]
    public MaintenanceRights? Rights { get; set; }

    /// <summary>Something was asked.</summary>
    [Parameter]
    public EventCallback OnChanged { get; set; }

    private Task ResumeAsync() => DoAsync(async () =>
    {
        var answer = await Runs.ResumeAsync(Detail.Run.Id, _password);
        if (answer.Run is { } next)
        {
            Navigation.NavigateTo(Selection.Link($"/maintenance/runs/{next:D}", Detail.Run.Environment));
        }

        return answer.Fault;
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
            await OnChanged.InvokeAsync();
        }
        finally
        {
            (_busy, _password) = (false, "");
        }
    }
}
