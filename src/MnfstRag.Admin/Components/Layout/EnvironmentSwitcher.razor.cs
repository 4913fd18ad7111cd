using MnfstRag.Admin.Live;

namespace MnfstRag.Admin.Components.Layout;

/// <summary>The environment shown, its state in a word, and the way to another. Nothing for a caller who may watch none.</summary>
public sealed partial class EnvironmentSwitcher(EnvironmentSelection selection) : IDisposable
{
    private IReadOnlyList<EnvironmentStatus> _environments = [];

    private EnvironmentStatus? Shown => _environments.FirstOrDefault(environment => environment.Name == selection.Current);

    protected override async Task OnInitializedAsync()
    {
        selection.Changed += OnChanged;
        _environments = await selection.ListAsync();
    }

    private static string Says(EnvironmentStatus? environment) => environment?.State switch
    {
        WatchState.Live => "live",
        WatchState.Connecting => "connecting",
        WatchState.Failing => "not answering",
        WatchState.Follower => "watched by another instance",
        WatchState.NotConfigured => "not watched",
        _ => "not known here",
    };

    private static string Css(WatchState? state) => state?.ToString().ToLowerInvariant() ?? "unknown";

    private void OnChanged() => _ = InvokeAsync(RefreshAsync);

    private async Task RefreshAsync()
    {
        try
        {
            _environments = await selection.ListAsync();
            StateHasChanged();
        }
        catch (Exception fault)
        {
            await DispatchExceptionAsync(fault);
        }
    }

    /// <inheritdoc />
    public void Dispose() => selection.Changed -= OnChanged;
}
