using Microsoft.AspNetCore.Components;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Live.Maintaining;

namespace MnfstRag.Admin.Features.Maintenance;

/// <summary>One run, live while it lasts; afterwards its proof.</summary>
public sealed partial class RunPage(MaintenanceService maintenance, PlanService plans, IAccess access) : MaintenanceView
{
    private RunDetail? _detail;
    private MaintenanceRights? _rights;
    private bool _mayReadAudit;
    private Guid? _shown;

    /// <summary>The run.</summary>
    [Parameter]
    public Guid Id { get; set; }

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (Loaded && _shown != Id)
        {
            await AgainAsync();
        }
    }

    /// <inheritdoc />
    protected override async Task ReadAsync()
    {
        _shown = Id;
        _rights = await plans.RightsAsync(Gone);
        _mayReadAudit = await access.MayAsync(Permissions.ReadAudit, Gone);
        _detail = await maintenance.FindAsync(Id, Gone);
        await FollowAsync(leave => maintenance.WatchAsync(null, leave), Show);
    }

    private void Show(MaintenanceNow now)
    {
        if (_detail is not { } detail || now.Find(Id) is not { } live)
        {
            return;
        }

        var moved = live.Run.State != detail.Run.State || live.Progress?.StepsDone != detail.Progress?.StepsDone || live.Run.CancelAskedBy != detail.Run.CancelAskedBy;
        _detail = detail with { Run = live.Run, Progress = live.Progress };
        if (moved)
        {
            _ = InvokeAsync(AgainAsync);
        }
    }

    private async Task AgainAsync()
    {
        await DoAsync(async () =>
        {
            _shown = Id;
            _detail = await maintenance.FindAsync(Id, Gone);
            return null;
        });
        StateHasChanged();
    }
}
