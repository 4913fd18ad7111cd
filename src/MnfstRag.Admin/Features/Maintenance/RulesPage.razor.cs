using MnfstRag.Admin.Live.Maintaining;

namespace MnfstRag.Admin.Features.Maintenance;

/// <summary>Freeze, four eyes and windows of one environment.</summary>
public sealed partial class RulesPage(RulesService rules, PlanService plans, TimeProvider clock) : MaintenanceView
{
    private MaintenanceRule? _rule;
    private IReadOnlyList<WindowView> _windows = [];
    private bool _may;
    private string _reason = "";
    private string _password = "";
    private string _eyesPassword = "";
    private int _hours;
    private string _name = "";
    private string _cron = "0 2 * * 0";
    private string _zone = "UTC";
    private int _minutes = 120;

    /// <inheritdoc />
    protected override async Task ReadAsync()
    {
        _may = (await plans.RightsAsync(Gone)).Govern;
        _rule = await rules.OfAsync(Environment!, Gone);
        _windows = await rules.WindowsAsync(Environment!, Gone);
    }

    private Task<string?> FreezeAsync() => ChangeAsync(() => rules.FreezeAsync(Environment!, _reason, _hours > 0 ? clock.GetUtcNow().AddHours(_hours) : null, _password, Gone));

    private Task<string?> ThawAsync() => ChangeAsync(() => rules.ThawAsync(Environment!, _password, Gone));

    private Task<string?> FourEyesAsync(bool on) => ChangeAsync(() => rules.SetFourEyesAsync(Environment!, on, _eyesPassword, Gone));

    private Task<string?> RemoveAsync(Guid window) => ChangeAsync(() => rules.RemoveWindowAsync(Environment!, window, Gone));

    private async Task<string?> AddAsync()
    {
        var fault = await ChangeAsync(() => rules.AddWindowAsync(Environment!, _name, _cron, _zone, _minutes, Gone));
        _name = fault is null ? "" : _name;
        return fault;
    }

    private async Task<string?> ChangeAsync(Func<Task<string?>> change)
    {
        var fault = await change();
        (_password, _eyesPassword) = ("", "");
        await ReadAsync();
        return fault;
    }
}
