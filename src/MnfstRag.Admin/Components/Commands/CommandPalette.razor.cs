using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace MnfstRag.Admin.Components.Commands;

/// <summary>Ctrl+K: every page, environment and action that the caller may reach, by its first letters.</summary>
public sealed partial class CommandPalette(PaletteState state, IEnumerable<ICommandSource> sources, NavigationManager navigation) : IDisposable
{
    private IReadOnlyList<Command> _all = [];
    private IReadOnlyList<Command> _found = [];
    private int _selected;
    private bool _loaded;

    protected override void OnInitialized() => state.Changed += OnChanged;

    private static string Id(int index) => $"palette-{index}";

    private void OnChanged() => _ = InvokeAsync(state.IsOpen ? LoadAsync : CloseAsync);

    private async Task LoadAsync()
    {
        (_all, _found, _selected, _loaded) = ([], [], 0, false);
        StateHasChanged();
        try
        {
            List<Command> all = [];
            foreach (var source in sources)
            {
                all.AddRange(await source.ListAsync());
            }

            (_all, _found, _loaded) = (all, all, true);
            StateHasChanged();
        }
        catch (Exception fault)
        {
            await DispatchExceptionAsync(fault);
        }
    }

    private Task CloseAsync()
    {
        StateHasChanged();
        return Task.CompletedTask;
    }

    private void OnInput(ChangeEventArgs e)
    {
        _found = CommandSearch.Find(_all, e.Value?.ToString());
        _selected = 0;
    }

    private Task OnKeyAsync(KeyboardEventArgs e)
    {
        switch (e.Key)
        {
            case "ArrowDown" when _found.Count > 0:
                _selected = (_selected + 1) % _found.Count;
                return Task.CompletedTask;
            case "ArrowUp" when _found.Count > 0:
                _selected = (_selected + _found.Count - 1) % _found.Count;
                return Task.CompletedTask;
            case "Enter" when _selected < _found.Count:
                return RunAsync(_selected);
            default:
                return Task.CompletedTask;
        }
    }

    private async Task RunAsync(int index)
    {
        var command = _found[index];
        state.Close();
        if (command.Href is { } href)
        {
            // Account pages are not part of the circuit: they need a request of their own.
            navigation.NavigateTo(href, forceLoad: href.StartsWith("/account/", StringComparison.Ordinal));
        }

        if (command.Run is { } run)
        {
            await run();
        }
    }

    /// <inheritdoc />
    public void Dispose() => state.Changed -= OnChanged;
}
