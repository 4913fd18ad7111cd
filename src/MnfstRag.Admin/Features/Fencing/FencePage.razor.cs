using MnfstRag.Admin.Components.Parts;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Live;
using MnfstRag.Admin.Live.Fencing;

namespace MnfstRag.Admin.Features.Fencing;

/// <summary>The scripts that keep tenants apart and let the product's users in: read whole, applied, removed, tested.</summary>
public sealed partial class FencePage(FenceService fence, FenceChangeService changes, EnvironmentSelection selection) : IDisposable
{
    private readonly PageLife _gone = new();
    private string? _environment;
    private FenceView? _view;
    private string? _fault;
    private string? _done;
    private string? _busy;
    private bool _loaded;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        selection.Changed += OnSelectionChanged;
        await ReadAsync();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        selection.Changed -= OnSelectionChanged;
        _gone.Dispose();
    }

    private void OnSelectionChanged() => _ = InvokeAsync(async () =>
    {
        if (selection.Current != _environment)
        {
            (_view, _done, _fault, _loaded) = (null, null, null, false);
            await ReadAsync();
            StateHasChanged();
        }
    });

    private async Task ReadAsync()
    {
        _environment = selection.Current;
        if (_environment is not { } environment)
        {
            return;
        }

        await GuardAsync(_view is null ? null : "Looking again.", async () =>
        {
            var view = await fence.ReadAsync(environment, _gone.Token);
            if (environment == _environment)
            {
                (_view, _loaded) = (view, true);
            }
        });
    }

    private Task ApplyAsync(FenceOrder order) => ChangeAsync("Applying the script, in one transaction.", environment => changes.ApplyAsync(environment, order.Part, order.Print ?? "", order.Password, _gone.Token));

    private Task RemoveAsync(FenceOrder order) => ChangeAsync("Removing it, in one transaction.", environment => changes.RemoveAsync(environment, order.Part, order.Password, _gone.Token));

    private Task EnableAsync(SignInOrder order) => ChangeAsync("Saving.", environment => changes.EnableSignInAsync(environment, order.Enabled, order.Password, _gone.Token));

    private Task TestAsync() => GuardAsync("Trying to get past the fence: some dozens of attempts, a few seconds.", async () =>
    {
        if (_environment is { } environment)
        {
            await fence.TestAsync(environment, _gone.Token);
            _view = await fence.ReadAsync(environment, _gone.Token);
        }
    });

    private Task ChangeAsync(string busy, Func<string, Task<FenceChange>> change) => GuardAsync(busy, async () =>
    {
        if (_environment is not { } environment)
        {
            return;
        }

        var made = await change(environment);
        (_done, _fault) = made.Done == true ? (made.Words, null) : ((string?)null, made.Words);
        _view = await fence.ReadAsync(environment, _gone.Token);
    });

    private async Task GuardAsync(string? busy, Func<Task> work)
    {
        if (_busy is not null)
        {
            return;
        }

        (_busy, _done, _fault) = (busy, null, null);
        StateHasChanged();
        try
        {
            await work();
        }
        catch (StoreUnavailableException fault)
        {
            _fault = fault.Message;
        }
        catch (OperationCanceledException) when (_gone.IsOver)
        {
            // The viewer left.
        }
        finally
        {
            _busy = null;
        }
    }
}
