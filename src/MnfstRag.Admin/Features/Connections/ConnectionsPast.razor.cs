using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using MnfstRag.Admin.Components.Parts;
using MnfstRag.Admin.Components.Time;
using MnfstRag.Admin.Live;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Features.Connections;

/// <summary>Who held connections at a time that a person chose, and who waited for whom at a moment of it. Changes nothing.</summary>
public sealed partial class ConnectionsPast(PastService past, EnvironmentSelection selection, PageRange range, NavigationManager navigation) : IAsyncDisposable
{
    private const int Shown = 30;
    private const string MomentParameter = "moment";

    private readonly PageLife _gone = new();
    private readonly ConnectionsState _state = new();
    private string? _environment;
    private RangeChoice? _choice;
    private PastView? _view;
    private LiveLoop? _loop;
    private DateTimeOffset? _moment;
    private LockForest? _tree;
    private string? _treeFault;

    private LockEpisode? Open => _view?.Episodes.FirstOrDefault(episode => episode.IndexOf(_moment) >= 0);

    /// <inheritdoc />
    protected override Task OnInitializedAsync()
    {
        navigation.LocationChanged += OnLocationChanged;
        selection.Changed += OnChanged;
        range.Changed += OnChanged;
        return FollowAsync();
    }

    /// <summary>Takes over what the URL says: another environment or time means another reading, another moment another tree.</summary>
    private async Task FollowAsync()
    {
        if (_environment != selection.Current || _choice != range.Choice)
        {
            (_environment, _choice, _view) = (selection.Current, range.Choice, null);
            await LeaveAsync();
            if (_environment is { } environment && !range.IsLive)
            {
                var choice = range.Choice;
                _loop = LiveLoop.Start(leave => past.WatchAsync(environment, choice, leave), ShowAsync, DispatchExceptionAsync);
            }
        }

        await FollowMomentAsync();
    }

    private async Task FollowMomentAsync()
    {
        var moment = DateTimeOffset.TryParse(navigation.ReadQuery(MomentParameter), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : (DateTimeOffset?)null;
        if (moment == _moment && (_tree is not null || moment is null))
        {
            return;
        }

        (_moment, _tree, _treeFault) = (moment, null, null);
        if (moment is { } wanted && _environment is { } environment)
        {
            (_tree, _treeFault) = await past.TreeAsync(environment, wanted, _gone.Token);
        }
    }

    private Task ShowAsync(PastView view) => InvokeAsync(() =>
    {
        _view = view;
        StateHasChanged();
    });

    private string Url(DateTimeOffset? moment) =>
        navigation.GetUriWithQueryParameter(MomentParameter, moment?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));

    private void OnLocationChanged(object? sender, LocationChangedEventArgs e)
    {
        if (navigation.ToAbsoluteUri(e.Location).AbsolutePath == ConnectionsState.Path)
        {
            OnChanged();
        }
    }

    private void OnChanged() => _ = InvokeAsync(async () =>
    {
        try
        {
            await FollowAsync();
            StateHasChanged();
        }
        catch (OperationCanceledException) when (_gone.IsOver)
        {
            // The page went.
        }
        catch (Exception fault)
        {
            await DispatchExceptionAsync(fault);
        }
    });

    private async Task LeaveAsync()
    {
        if (_loop is { } loop)
        {
            _loop = null;
            await loop.DisposeAsync();
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        navigation.LocationChanged -= OnLocationChanged;
        selection.Changed -= OnChanged;
        range.Changed -= OnChanged;
        await _gone.EndAsync();
        await LeaveAsync();
        _gone.Dispose();
    }
}
