using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using MnfstRag.Admin.Components.Layout;
using MnfstRag.Admin.Components.Parts;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Components.Time;

/// <summary>Chooses the <see cref="PageRange"/> of pages that have one.</summary>
public sealed partial class TimeRangePicker(PageRange range, NavigationManager navigation, TimeProvider clock) : IDisposable
{
    private ElementReference _button;
    private DateTimeOffset? _from;
    private DateTimeOffset? _to;
    private string? _fault;
    private int _turn;
    private bool _opened;

    private bool Shown => NavPages.All.Any(page => page.HasRange && string.Equals(page.Path, navigation.ToAbsoluteUri(navigation.Uri).AbsolutePath, StringComparison.OrdinalIgnoreCase));

    private string Hover => range.IsLive
        ? "The last 15 minutes, moving on. Choose another time (Alt+R)"
        : range.Choice.Between is null ? $"The {range.Words}. Choose another time (Alt+R)" : $"{range.Words}. Choose another time (Alt+R)";

    /// <inheritdoc />
    protected override void OnInitialized()
    {
        range.Changed += OnChanged;
        navigation.LocationChanged += OnLocationChanged;
    }

    /// <summary>Seconds where minutes would not tell the two ends apart.</summary>
    private static LocalTimeForm Form(TimeRange between) => between.Length < TimeSpan.FromMinutes(10) ? LocalTimeForm.Clock : LocalTimeForm.Minute;

    private static string Title(RangeChoice choice) => choice.IsLive ? "The last 15 minutes, moving on with every reading" : $"The {choice.Words}";

    /// <summary>The menu is made when it is first asked for: most tabs never do. Its two fields begin with what is shown now.</summary>
    private void Opened()
    {
        _opened = true;
        if (_fault is null)
        {
            var now = range.At(clock.GetUtcNow());
            (_from, _to) = (now.From, now.To);
        }
    }

    private async Task ApplyAsync()
    {
        if (_from is not { } from || _to is not { } to)
        {
            _fault = $"Fill in {(_from is null ? "the beginning" : "the end")}: day and time.";
            return;
        }

        (var choice, _fault) = RangeChoice.Of(from, to, clock.GetUtcNow());
        if (choice is not null)
        {
            // A menu in its place, closed; the focus goes back to where it came from.
            _turn++;
            range.Choose(choice);
            await _button.FocusAsync();
        }
    }

    private void OnChanged() => _ = InvokeAsync(() =>
    {
        _fault = null;
        StateHasChanged();
    });

    private void OnLocationChanged(object? sender, LocationChangedEventArgs e) => _ = InvokeAsync(StateHasChanged);

    /// <inheritdoc />
    public void Dispose()
    {
        range.Changed -= OnChanged;
        navigation.LocationChanged -= OnLocationChanged;
    }
}
