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

    private string Address => $"{Environment} {Operation} {Stale} {string.Join(' ', Remedies ?? [])}";

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (Loaded && _shown != Address)
        {
            await DoAsync(async () =>
            {
                await ReadAsync();
                return null;
            });
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
        if (operation is null)
        {
            _nothing = fault;
            return;
        }

        await PlanAsync(operation);
    }

    private async Task PlanAsync(MaintenanceOperation operation)
    {
        _planned = await plans.PlanAsync(Environment!, operation, Gone);
        _nothing = _planned is null ? $"There is no environment called {Environment}." : null;
    }

    private Task AgainAsync() => DoAsync(async () =>
    {
        await PlanAsync(_planned!.Plan.Operation);
        return null;
    });

    private Task RuleAsync(MaintenanceBatch batch) => DoAsync(async () =>
    {
        await PlanAsync(batch);
        return null;
    });
}
