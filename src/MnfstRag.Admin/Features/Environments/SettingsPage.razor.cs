using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Components.Parts;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Live;
using MnfstRag.Postgres.Validating;

namespace MnfstRag.Admin.Features.Environments;

/// <summary>The editor of one environment's settings. The draft lives as long as the circuit; nothing is written before it was tried and reviewed.</summary>
public sealed partial class SettingsPage(SettingsService settings, IAccess access, EnvironmentSelection selection) : IDisposable
{
    private readonly PageLife _gone = new();
    private string? _environment;
    private SettingsDraft? _draft;
    private DraftView? _view;
    private IReadOnlyList<RevisionRow> _revisions = [];
    private RevisionRow? _overtaken;
    private string? _fault;
    private string? _done;
    private bool _mayChange;
    private bool _mayReadAudit;
    private bool _loaded;
    private bool _raw;
    private bool _reviewing;
    private int _turn;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        _mayChange = await access.MayAsync(Permissions.ChangeSettings, _gone.Token);
        _mayReadAudit = await access.MayAsync(Permissions.ReadAudit, _gone.Token);
        selection.Changed += OnSelectionChanged;
        await OpenAsync();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        selection.Changed -= OnSelectionChanged;
        _gone.Dispose();
    }

    /// <summary>Another environment is another draft; what was typed into this one and not saved is gone then, as the address bar says.</summary>
    private void OnSelectionChanged() => _ = InvokeAsync(async () =>
    {
        if (selection.Current != _environment)
        {
            await OpenAsync();
            StateHasChanged();
        }
    });

    // Everything is shown at once when all of it has come: what is typed into a field that is about to go would be lost.
    private async Task OpenAsync(string? done = null)
    {
        if (selection.Current != _environment)
        {
            (_environment, _draft, _view, _loaded) = (selection.Current, null, null, false);
        }

        if (_environment is { } environment)
        {
            await TellAsync(async () =>
            {
                var draft = await settings.OpenAsync(environment, _gone.Token);
                var revisions = draft is null ? [] : await settings.RevisionsAsync(draft.EnvironmentId, cancellationToken: _gone.Token);
                await ShowAsync(draft, anew: true);
                (_revisions, _overtaken, _reviewing, _done, _loaded) = (revisions, null, false, done, true);
            });
        }
    }

    /// <summary>Shows a draft. One that says something else altogether is drawn anew; after a change of one field all others stay as they are, with the cursor and what is being typed.</summary>
    private async Task ShowAsync(SettingsDraft? draft, bool anew = false)
    {
        var view = draft is null ? null : await settings.JudgeAsync(draft, _gone.Token);
        (_draft, _view) = (draft, view);
        _turn += anew ? 1 : 0;
    }

    private async Task SetAsync((string Key, string Value) change)
    {
        if (change.Value.Length > SettingsDraft.LongestValue)
        {
            _fault = $"The value of {change.Key} is longer than {Components.Words.Count(SettingsDraft.LongestValue)} characters, which no value of the product is. It was not taken over; everything else is as it was.";
            return;
        }

        var changed = _draft?.With(change.Key, change.Value);
        await TellAsync(changed is null ? null : () => ShowAsync(changed), $"No .env file carries this value of {change.Key} unharmed: it has a line break, “${{”, or a backslash before its end. Write it in the text, or another value.");
    }

    private Task UnsetAsync(string key) => TellAsync(() => ShowAsync(_draft!.Without(key)));

    // A browser's text area gives every line end as LF: those of the file are put back.
    private Task TextAsync(ChangeEventArgs e) => TellAsync(() =>
        ShowAsync(_draft!.WithText(_draft.Text.Contains("\r\n", StringComparison.Ordinal) ? ((string?)e.Value ?? "").ReplaceLineEndings("\r\n") : (string?)e.Value ?? ""), anew: true));

    private async Task ImportAsync(InputFileChangeEventArgs e)
    {
        if (e.File.Size > EnvFile.LongestFile)
        {
            _fault = $"{e.File.Name} has {Components.Words.Bytes(e.File.Size)}; a .env file has at most {Components.Words.Bytes(EnvFile.LongestFile)}. Nothing was changed.";
            return;
        }

        await TellAsync(async () =>
        {
            using var bytes = new MemoryStream();
            await using (var stream = e.File.OpenReadStream(EnvFile.LongestFile, _gone.Token))
            {
                await stream.CopyToAsync(bytes, _gone.Token);
            }

            var file = EnvFile.Read(bytes.ToArray());
            await ShowAsync(_draft!.WithText(file.ToText()), anew: true);
            _done = $"{e.File.Name} was read: {file}.{(file.IsUtf8 ? "" : " It is no UTF-8, which Python refuses; it was read as Latin-1 and is saved as UTF-8.")} Nothing is saved yet.";
        });
    }

    private Task RollBackAsync(int number) => TellAsync(async () =>
    {
        if (await settings.RollBackAsync(_environment!, number, _gone.Token) is not { } draft)
        {
            _fault = $"Revision {number} cannot be brought back: its key ring is gone.";
            return;
        }

        await ShowAsync(draft, anew: true);
        (_overtaken, _reviewing, _done) = (null, true, null);
    });

    private Task ShowRevisionsAsync(int upTo) => TellAsync(async () => _revisions = await settings.RevisionsAsync(_draft!.EnvironmentId, upTo, _gone.Token));

    private Task RebaseAsync() => TellAsync(async () =>
    {
        await ShowAsync(await settings.RebaseAsync(_draft!, _gone.Token), anew: true);
        _overtaken = null;
    });

    private async Task SavedAsync(int number) =>
        await OpenAsync($"Saved as revision {number}. Nothing runs with it yet: the backend takes it once it is applied and restarted.");

    private void Overtaken(RevisionRow by) => (_overtaken, _reviewing) = (by, false);

    /// <summary>Does it, and tells what the store says where it says no.</summary>
    private async Task TellAsync(Func<Task>? change, string? otherwise = null)
    {
        _fault = change is null ? otherwise : null;
        try
        {
            await (change?.Invoke() ?? Task.CompletedTask);
        }
        catch (StoreUnavailableException fault)
        {
            _fault = fault.Message;
        }
        catch (IOException fault)
        {
            _fault = $"The file could not be read: {fault.Message}";
        }
    }
}
