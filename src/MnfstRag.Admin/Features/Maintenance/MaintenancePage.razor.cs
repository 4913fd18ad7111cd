using MnfstRag.Admin.Components;
using MnfstRag.Admin.Data.Maintenance;
using MnfstRag.Admin.Live;
using MnfstRag.Admin.Live.Maintaining;

namespace MnfstRag.Admin.Features.Maintenance;

/// <summary>What runs on an environment and what needs doing, live.</summary>
public sealed partial class MaintenancePage(MaintenanceService maintenance, ToDoService toDo, PlanService plans, RunService runs, RulesService rules) : MaintenanceView, IAsyncDisposable
{
    private readonly HashSet<string> _chosen = new(StringComparer.Ordinal);
    private MaintenanceRule? _rule;
    private MaintenanceRights? _rights;
    private MaintenanceNow? _now;
    private ToDo? _toDo;
    private LiveLoop? _wanting;

    private IReadOnlyList<RunNow> Open => [.. _now?.Runs.Where(run => run.Run.State.IsOpen()) ?? []];

    private string OpenWords => (Open.Count(run => run.Run.StartedAt is not null), Open.Count(run => run.Run.StartedAt is null)) switch
    {
        (var running, 0) => Words.Plural(running, "run"),
        (0, var waiting) => $"none; {Words.Plural(waiting, "run waits", "runs wait")}",
        var (running, waiting) => $"{Words.Plural(running, "run")}; {Words.Plural(waiting, "more waits", "more wait")}",
    };

    private IReadOnlyList<RunSummary> Ended => [.. _now?.Runs.Where(run => !run.Run.State.IsOpen()).Select(run => run.Run) ?? []];

    /// <inheritdoc />
    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        if (_wanting is { } loop)
        {
            await loop.DisposeAsync();
        }

        await DisposeAsync();
    }

    /// <inheritdoc />
    protected override async Task ReadAsync()
    {
        var environment = Environment!;
        (_now, _toDo) = (null, null);
        _chosen.Clear();
        _rights = await plans.RightsAsync(Gone);
        _rule = await rules.OfAsync(environment, Gone);
        if (_rule is null)
        {
            return;
        }

        await FollowAsync(leave => maintenance.WatchAsync(environment, leave), now => _now = now);
        if (_wanting is { } before)
        {
            await before.DisposeAsync();
        }

        _wanting = LiveLoop.Start(leave => toDo.WatchAsync(environment, leave), ShowAsync, DispatchExceptionAsync);
    }

    private Task ShowAsync(ToDo fresh) => InvokeAsync(() =>
    {
        _toDo = fresh;
        _chosen.IntersectWith(fresh.Groups.SelectMany(group => group.Remedies).Select(remedy => remedy.Finding.Key));
        StateHasChanged();
    });

    private bool IsBusy(Remedy remedy) => Open.Any(run => run.Run.Targets.Intersect(MaintenanceTargets.Of(remedy.Operation), StringComparer.Ordinal).Any());

    private void Choose(string key, bool chosen) => _ = chosen ? _chosen.Add(key) : _chosen.Remove(key);

    private Task StopAsync(Guid run) => DoAsync(() => runs.StopAsync(run, Gone));
}
