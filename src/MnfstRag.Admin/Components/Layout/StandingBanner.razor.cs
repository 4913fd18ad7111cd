using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using MnfstRag.Admin.Live;

namespace MnfstRag.Admin.Components.Layout;

/// <summary>What a lost primary or a split brain means, on every page that shows the environment. It is no viewer: it hears of changes alone. Nothing for a caller who may watch none.</summary>
public sealed partial class StandingBanner(EnvironmentSelection selection, NavigationManager navigation) : IDisposable
{
    private string? _alarm;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        selection.Changed += OnChanged;
        navigation.LocationChanged += OnLocationChanged;
        _alarm = await AlarmAsync();
    }

    /// <summary>Of the environment shown; on pages of all environments of the one that was shown last, or is the first.</summary>
    private async Task<string?> AlarmAsync() =>
        (await selection.ListAsync()).FirstOrDefault(environment => environment.Name == selection.Current) is { Alarm: { } alarm } shown ? $"{shown.Name}: {alarm}" : null;

    private void OnLocationChanged(object? sender, LocationChangedEventArgs e) => OnChanged();

    private void OnChanged() => _ = InvokeAsync(RefreshAsync);

    private async Task RefreshAsync()
    {
        try
        {
            if (await AlarmAsync() is var alarm && alarm != _alarm)
            {
                _alarm = alarm;
                StateHasChanged();
            }
        }
        catch (Exception fault)
        {
            await DispatchExceptionAsync(fault);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        selection.Changed -= OnChanged;
        navigation.LocationChanged -= OnLocationChanged;
    }
}
