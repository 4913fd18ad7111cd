using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Components;
using MnfstRag.Admin.Components;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Tenants;
using MnfstRag.Admin.Live;

namespace MnfstRag.Admin.Features.Tenants;

/// <summary>Follows a change of status until the product took its documents up, or ten minutes passed.</summary>
public sealed partial class StatusProgress(StatusService statuses, TimeProvider clock)
{
    private static readonly TimeSpan WhileRunning = TimeSpan.FromMilliseconds(700);
    private static readonly TimeSpan Afterwards = TimeSpan.FromSeconds(4);

    private StatusRun? _seen;
    private StatusFollowUp? _follow;
    private string? _fault;
    private (int Done, DateTimeOffset At)? _first;
    private LiveLoop? _loop;

    /// <summary>Where.</summary>
    [Parameter]
    public string? Environment { get; set; }

    /// <summary>Whose documents.</summary>
    [Parameter, EditorRequired]
    public Guid Tenant { get; set; }

    /// <summary>The change as it was begun.</summary>
    [Parameter, EditorRequired]
    public StatusRun Run { get; set; } = null!;

    /// <summary>It went on as another one.</summary>
    [Parameter]
    public Action<StatusRun>? OnResumed { get; set; }

    /// <summary>The list shall be read again.</summary>
    [Parameter]
    public EventCallback OnMoved { get; set; }

    /// <summary>Closed.</summary>
    [Parameter]
    public EventCallback OnClose { get; set; }

    private StatusRun Current => _seen ?? Run;

    /// <summary>At the pace since it was first seen here; null before a step was seen to end.</summary>
    private TimeSpan? Remaining => _first is var (done, at) && Current.Done > done ? (clock.GetUtcNow() - at) * (Current.Total - Current.Done) / (Current.Done - done) : null;

    /// <inheritdoc />
    protected override void OnInitialized() => _loop = LiveLoop.Start(
        FollowAsync,
        seen => InvokeAsync(() =>
        {
            (_seen, _follow) = (seen.Run ?? Current, seen.Follow ?? _follow);
            _first ??= (Current.Done, clock.GetUtcNow());
            StateHasChanged();
        }),
        DispatchExceptionAsync);

    private async IAsyncEnumerable<(StatusRun? Run, StatusFollowUp? Follow)> FollowAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var (run, follow) = await LookAsync(cancellationToken);
            yield return (run, follow);
            if (run is not { State: StatusRunState.Running } && (follow is null or { Waiting: 0 } || follow.Since > StatusFollowUp.Patience))
            {
                yield break;
            }

            await Task.Delay(run?.State == StatusRunState.Running ? WhileRunning : Afterwards, clock, cancellationToken);
        }
    }

    private async Task<(StatusRun? Run, StatusFollowUp? Follow)> LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            var run = await statuses.LatestAsync(Environment, Tenant, cancellationToken);
            return run?.Id != Run.Id ? (null, null)
                : run.State == StatusRunState.Running ? (run, null)
                : (run, await statuses.FollowAsync(Environment, Tenant, run.Id, cancellationToken));
        }
        catch (Exception away) when (away is TenantUnavailableException or StoreUnavailableException)
        {
            // The next look may do.
            return (Current, _follow);
        }
    }

    private static string Followed(StatusFollowUp follow)
    {
        var minutes = Math.Max(1, (int)follow.Since.TotalMinutes);
        var failed = follow.Failed > 0 ? $" {Words.Plural(follow.Failed, "has", "have")} failed again." : "";
        return follow switch
        {
            { Waiting: 0 } => $"Moved on: the product took all of them up.{failed}",
            { Since: var since } when since > StatusFollowUp.Patience => $"Not moved on within {StatusFollowUp.Patience.TotalMinutes:0} minutes: {Words.Count(follow.Waiting)} still have that state. Look whether the product's worker runs.{failed}",
            _ => $"Moved on within {Words.Plural(minutes, "minute")}: {Words.Count(follow.MovedOn)}; not yet: {Words.Count(follow.Waiting)}.{failed}",
        };
    }

    private Task StopAsync() => DoAsync(() => statuses.StopAsync(Environment, Tenant, Run.Id));

    private Task LeaveAsync() => DoAsync(async () =>
    {
        await statuses.LeaveAsync(Environment, Tenant, Run.Id);
        await OnClose.InvokeAsync();
    });

    private Task ResumeAsync() => DoAsync(async () =>
    {
        (var run, _fault) = await statuses.ResumeAsync(Environment, Tenant, Run.Id);
        if (run is not null)
        {
            OnResumed?.Invoke(run);
        }
    });

    private async Task DoAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (Exception fault) when (TenantTrouble.Of(fault) is { } trouble)
        {
            _fault = trouble.Words;
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_loop is { } loop)
        {
            await loop.DisposeAsync();
        }
    }
}
