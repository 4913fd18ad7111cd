using Microsoft.AspNetCore.Components;
using MnfstRag.Admin.Components.Time;
using MnfstRag.Admin.Live;

namespace MnfstRag.Admin.Features.Overview;

/// <summary>The figures of one environment over a stretch of time.</summary>
public sealed partial class EnvironmentPast(OverviewPastService past, EnvironmentSelection selection) : IAsyncDisposable
{
    private PastFigures? _figures;
    private RangeChoice? _choice;
    private LiveLoop? _loop;
    private bool _changed;

    /// <summary>Which environment.</summary>
    [Parameter, EditorRequired]
    public EnvironmentCard Card { get; set; } = null!;

    /// <summary>Which time.</summary>
    [Parameter, EditorRequired]
    public RangeChoice Choice { get; set; } = RangeChoice.Live;

    private string HeadingId => $"environment-{Card.Snapshot.EnvironmentId:N}";

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (_choice == Choice)
        {
            return;
        }

        (_choice, _figures, _changed) = (Choice, null, true);
        if (_loop is { } before)
        {
            _loop = null;
            await before.DisposeAsync();
        }

        var (environment, choice) = (Card.Snapshot.EnvironmentId, Choice);
        _loop = LiveLoop.Start(leave => past.WatchAsync(environment, choice, leave), ShowAsync, DispatchExceptionAsync);
    }

    private Task ShowAsync(PastFigures figures) => InvokeAsync(() =>
    {
        (_figures, _changed) = (figures, true);
        StateHasChanged();
    });

    /// <summary>Not with every tick of the page around it.</summary>
    protected override bool ShouldRender() => _changed;

    /// <inheritdoc />
    protected override void OnAfterRender(bool firstRender) => _changed = false;

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _loop?.DisposeAsync() ?? ValueTask.CompletedTask;
}
