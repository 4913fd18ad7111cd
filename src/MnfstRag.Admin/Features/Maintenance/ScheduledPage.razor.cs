using MnfstRag.Admin.Live.Maintaining;

namespace MnfstRag.Admin.Features.Maintenance;

/// <summary>What runs at set times, and when maintenance is welcome.</summary>
public sealed partial class ScheduledPage(ScheduleService schedules, RulesService rules, PlanService plans)
{
    private IReadOnlyList<ScheduleView> _schedules = [];
    private IReadOnlyList<WindowView> _windows = [];
    private MaintenanceRule? _rule;
    private MaintenanceRights? _rights;
    private string _password = "";

    /// <inheritdoc />
    protected override async Task ReadAsync()
    {
        _rights = await plans.RightsAsync(Gone);
        _rule = await rules.OfAsync(Environment!, Gone);
        _windows = await rules.WindowsAsync(Environment!, Gone);
        _schedules = await schedules.ListAsync(Environment!, Gone);
    }

    private Task RemoveAsync(Guid id) => DoAsync(async () =>
    {
        var fault = await schedules.RemoveAsync(id, Gone);
        await ReadAsync();
        return fault;
    });

    private Task ApproveAsync(Guid id) => DoAsync(async () =>
    {
        var fault = await schedules.ApproveAsync(id, _password, Gone);
        _password = "";
        await ReadAsync();
        return fault;
    });
}
