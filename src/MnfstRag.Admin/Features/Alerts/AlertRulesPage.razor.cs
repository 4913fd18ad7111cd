using System.Globalization;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Components.Parts;
using MnfstRag.Admin.Components;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Live;

namespace MnfstRag.Admin.Features.Alerts;

/// <summary>Thresholds of the environment that the bar above shows.</summary>
public sealed partial class AlertRulesPage(AlertRulesService service, IAccess access, EnvironmentSelection selection) : IDisposable
{
    private readonly PageLife _gone = new();
    private string? _environment;
    private IReadOnlyList<RuleSetting>? _rules;
    private RuleSetting? _open;
    private string? _fault;
    private string? _formFault;
    private string? _done;
    private bool _mayChange;
    private bool _busy;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        _mayChange = await access.MayAsync(Permissions.ChangeAlerts, _gone.Token);
        selection.Changed += OnSelectionChanged;
        await ReadAsync();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        selection.Changed -= OnSelectionChanged;
        _gone.Dispose();
    }

    private static string Threshold(RuleSetting rule, double? value) => value is { } limit
        ? string.Create(CultureInfo.InvariantCulture, $"{(rule.Default.LowerIsWorse ? "≤ " : "≥ ")}{limit:#,0.##}{(rule.Default.Unit.Length > 0 ? " " + rule.Default.Unit : "")}")
        : Words.Missing;

    private void OnSelectionChanged() => _ = InvokeAsync(async () =>
    {
        if (selection.Current != _environment)
        {
            (_open, _done) = (null, null);
            await ReadAsync();
            StateHasChanged();
        }
    });

    private void Open(RuleSetting rule) => (_open, _formFault, _done) = (rule, null, null);

    private async Task ReadAsync()
    {
        _environment = selection.Current;
        try
        {
            _rules = _environment is { } environment ? await service.ReadAsync(environment, _gone.Token) : null;
            _fault = _environment is not null && _rules is null ? $"There is no environment called {_environment}." : null;
        }
        catch (Exception fault) when (StoreFaults.IsOne(fault))
        {
            _fault = "The rules cannot be read: the dashboard's own database does not answer.";
        }
    }

    private Task SaveAsync((RuleDraft Draft, string Password) form) =>
        DoAsync(() => service.SaveAsync(_environment!, form.Draft, form.Password, _gone.Token), "is judged anew from now on.");

    private Task ResetAsync(string password) =>
        DoAsync(() => service.ResetAsync(_environment!, _open!.Default.Key, password, _gone.Token), "has its own thresholds again.");

    private async Task DoAsync(Func<Task<string?>> change, string done)
    {
        if (_busy || _open is not { } open)
        {
            return;
        }

        _busy = true;
        try
        {
            _formFault = await change();
            if (_formFault is null)
            {
                (_open, _done) = (null, $"{open.Default.Title} {done}");
                await ReadAsync();
            }
        }
        finally
        {
            _busy = false;
        }
    }
}
