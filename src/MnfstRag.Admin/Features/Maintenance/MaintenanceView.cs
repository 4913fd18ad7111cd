using Microsoft.AspNetCore.Components;
using MnfstRag.Admin.Components.Parts;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Live;

namespace MnfstRag.Admin.Features.Maintenance;

/// <summary>What the pages of maintenance have in common: they follow the environment, run one action at a time, and tell its fault in place.</summary>
public abstract class MaintenanceView : ComponentBase, IAsyncDisposable
{
    private readonly PageLife _gone = new();
    private LiveLoop? _loop;

    /// <summary>The environment that is shown, and links to it.</summary>
    [Inject]
    protected EnvironmentSelection Selection { get; set; } = null!;

    /// <summary>The environment that is shown; null when there is none.</summary>
    protected string? Environment { get; private set; }

    /// <summary>What went wrong with the last action; null when nothing did.</summary>
    protected string? Fault { get; set; }

    /// <summary>An action is under way.</summary>
    protected bool Busy { get; private set; }

    /// <summary>The environment has been read.</summary>
    protected bool Loaded { get; private set; }

    /// <summary>Cancelled when the viewer leaves.</summary>
    protected CancellationToken Gone => _gone.Token;

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        Selection.Changed -= OnSelectionChanged;
        await _gone.EndAsync();
        if (_loop is { } loop)
        {
            await loop.DisposeAsync();
        }

        _gone.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        Selection.Changed += OnSelectionChanged;
        await OpenAsync();
    }

    /// <summary>Reads what the page shows of <see cref="Environment"/>, which is not null.</summary>
    protected abstract Task ReadAsync();

    /// <summary>Follows a stream in the place of the one before.</summary>
    protected async Task FollowAsync<T>(Func<CancellationToken, IAsyncEnumerable<T>> stream, Action<T> show)
    {
        if (_loop is { } before)
        {
            await before.DisposeAsync();
        }

        _loop = LiveLoop.Start(stream, value => InvokeAsync(() =>
        {
            show(value);
            StateHasChanged();
        }), DispatchExceptionAsync);
    }

    /// <summary>Runs an action, unless one is under way; what it returns is told as a fault.</summary>
    protected async Task DoAsync(Func<Task<string?>> action)
    {
        if (Busy)
        {
            return;
        }

        Busy = true;
        try
        {
            Fault = await action();
        }
        catch (StoreUnavailableException fault)
        {
            Fault = fault.Message;
        }
        catch (Exception fault) when (StoreFaults.IsOne(fault))
        {
            Fault = "The dashboard's own database does not answer; what is shown may be old. Try again in a moment.";
        }
        catch (OperationCanceledException) when (_gone.IsOver)
        {
            // The viewer left.
        }
        finally
        {
            Busy = false;
        }
    }

    /// <summary>Reads anew, as an action of its own.</summary>
    protected Task ReadAgainAsync() => DoAsync(async () =>
    {
        await ReadAsync();
        return null;
    });

    private async Task OpenAsync()
    {
        (Environment, Loaded) = (Selection.Current, false);
        if (Environment is not null)
        {
            await ReadAgainAsync();
        }

        Loaded = true;
    }

    private void OnSelectionChanged() => _ = InvokeAsync(async () =>
    {
        if (Selection.Current != Environment)
        {
            await OpenAsync();
            StateHasChanged();
        }
    });
}
