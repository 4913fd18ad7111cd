using System.Globalization;
using Microsoft.JSInterop;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Components.Parts;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Live;
using MnfstRag.Postgres.Validating;

namespace MnfstRag.Admin.Features.Checklists;

/// <summary>The guide's checklists of one environment: each item with its evidence, what to do, and who stands for what nobody can prove.</summary>
public sealed partial class ChecklistsPage(ChecklistsService checklists, IAccess access, EnvironmentSelection selection, IJSRuntime js) : IDisposable
{
    private readonly PageLife _gone = new();
    private string? _environment;
    private ChecklistReport? _report;
    private string? _attesting;
    private string _note = "";
    private string? _fault;
    private bool _mayChange;
    private bool _loaded;
    private bool _busy;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        _mayChange = await access.MayAsync(Permissions.ChangeSettings, _gone.Token);
        selection.Changed += OnSelectionChanged;
        await ReadAsync();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        selection.Changed -= OnSelectionChanged;
        _gone.Dispose();
    }

    private void OnSelectionChanged() => _ = InvokeAsync(async () =>
    {
        if (selection.Current != _environment)
        {
            await ReadAsync();
            StateHasChanged();
        }
    });

    private Task ReadAsync()
    {
        if (selection.Current != _environment)
        {
            (_environment, _report, _loaded) = (selection.Current, null, false);
        }

        return DoAsync(async () =>
        {
            _report = _environment is { } environment ? await checklists.ReadAsync(environment, _gone.Token) : null;
            _loaded = true;
            return null;
        });
    }

    private Task AttestAsync(string item) => DoAsync(async () =>
    {
        var fault = await checklists.AttestAsync(_environment!, item, _note, _gone.Token);
        if (fault is null)
        {
            _attesting = null;
            _report = await checklists.ReadAsync(_environment!, _gone.Token);
        }

        return fault;
    });

    private Task WithdrawAsync(string item) => DoAsync(async () =>
    {
        var fault = await checklists.WithdrawAsync(_environment!, item, _gone.Token);
        _report = await checklists.ReadAsync(_environment!, _gone.Token);
        return fault;
    });

    private async Task DoAsync(Func<Task<string?>> change)
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        try
        {
            _fault = await change();
        }
        catch (StoreUnavailableException fault)
        {
            _fault = fault.Message;
        }
        finally
        {
            _busy = false;
        }
    }

    private Task SaveAsync(string form, Func<ChecklistReport, string> write) =>
        HandOutAsync(string.Create(CultureInfo.InvariantCulture, $"checklists-{_report!.At:yyyy-MM-ddTHHmm}.{form}"), write(_report));

    private Task TemplateAsync(EnvironmentKind kind) => HandOutAsync($".env.{kind.ToString().ToLowerInvariant()}", EnvTemplate.For(kind));

    private async Task HandOutAsync(string name, string text)
    {
        try
        {
            await js.InvokeVoidAsync("mnfst.saveText", name, text);
        }
        catch (JSDisconnectedException)
        {
            // The viewer left.
        }
    }

    private async Task PrintAsync()
    {
        try
        {
            await js.InvokeVoidAsync("print");
        }
        catch (JSDisconnectedException)
        {
            // The viewer left.
        }
    }
}
