using Microsoft.AspNetCore.Components;
using MnfstRag.Postgres.Maintaining;

namespace MnfstRag.Admin.Features.Maintenance;

/// <summary>A plan: the exact SQL, what it meets, the verdict and its reasons; then run, schedule or copy it.</summary>
public sealed partial class PlanPage(PlanService plans, ToDoService toDo) : MaintenanceView
{
    private PlannedMaintenance? _planned;
    private MaintenanceRights? _rights;
    private string? _nothing;
    private string? _shown;

    /// <summary>Keys of findings to mend.</summary>
    [SupplyParameterFromQuery(Name = PlanUrl.RemedyParameter)]
    public string[]? Remedies { get; set; }

    /// <summary>An operation.</summary>
    [SupplyParameterFromQuery(Name = PlanUrl.OperationParameter)]
    public string? Operation { get; set; }

    /// <summary>Every stale table.</summary>
    [SupplyParameterFromQuery(Name = PlanUrl.StaleParameter)]
    public string? Stale { get; set; }

    private bool IsOfFindings => Remedies is { Length: > 0 } || Stale is not null;

    private string Address => $"{Environment} {Operation} {Stale} {string.Join(' ', Remedies ?? [])}";

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (Loaded && _shown != Address)
        {
            await ReadAgainAsync();
        }
    }

    /// <inheritdoc />
    protected override async Task ReadAsync()
    {
        (_planned, _nothing, _shown) = (null, null, Address);
        _rights = await plans.RightsAsync(Gone);
        var (operation, fault) = Remedies is { Length: > 0 } keys ? await toDo.MendAsync(Environment!, keys, Gone)
            : Stale is not null ? await toDo.AnalyseStaleAsync(Environment!, Gone)
            : Operation is not null ? (PlanUrl.Read(Operation), "The address names no operation that this dashboard knows.")
            : (null, "Choose what to do, or one of the findings that maintenance mends.");
        if (operation is not null)
        {
            await PlanAsync(operation);
        }
        else
        {
            _nothing = IsOfFindings ? $"{fault} This page goes on looking." : fault;
        }

        if (IsOfFindings)
        {
            // Who waits for a finding, or plans from one, wants it as it is: the server is read at the pace of those who look.
            await FollowAsync(leave => toDo.WatchAsync(Environment!, leave), Find);
        }
    }

    private void Find(ToDo found)
    {
        var isThere = Stale is not null ? found.StaleTables > 0 : found.Groups.SelectMany(group => group.Remedies).Any(remedy => Remedies?.Contains(remedy.Finding.Key, StringComparer.Ordinal) == true);
        if (isThere && _planned is null && !Busy)
        {
            _ = InvokeAsync(async () =>
            {
                await ReadAgainAsync();
                StateHasChanged();
            });
        }
    }

    private async Task PlanAsync(MaintenanceOperation operation)
    {
        _planned = await plans.PlanAsync(Environment!, operation, Gone);
        _nothing = _planned is null ? $"There is no environment called {Environment}." : null;
    }

    /// <summary>What was found may have been mended or made anew meanwhile: it is looked up again. A batch keeps the rules that were given to it.</summary>
    private Task AgainAsync() => _planned?.Plan.Operation is MaintenanceBatch batch ? RuleAsync(batch) : ReadAgainAsync();

    private Task RuleAsync(MaintenanceBatch batch) => DoAsync(async () =>
    {
        await PlanAsync(batch);
        return null;
    });
}
