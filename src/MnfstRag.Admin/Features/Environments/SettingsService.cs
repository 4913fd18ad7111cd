using MnfstRag.Admin.Access;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Settings;
using MnfstRag.Postgres.Validating;

namespace MnfstRag.Admin.Features.Environments;

/// <summary>Settings of an environment to look at and to edit. Secrets go in and never come out. Scoped.</summary>
public sealed class SettingsService
{
    /// <summary>Revisions that a page lists at a time.</summary>
    public const int RevisionsListed = 50;

    private readonly IAccess _access;
    private readonly SettingsRevisions _revisions;
    private readonly SettingsReading _reading;

    internal SettingsService(IAccess access, SettingsRevisions revisions, SettingsReading reading) => (_access, _revisions, _reading) = (access, revisions, reading);

    /// <summary>A draft of the newest revision; an empty one when nothing was saved yet; null when there is no such environment.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not see settings.</exception>
    /// <exception cref="StoreUnavailableException">The own store does not answer.</exception>
    public async Task<SettingsDraft?> OpenAsync(string environment, CancellationToken cancellationToken = default)
    {
        await _access.RequireAsync(Permissions.ReadSettings, cancellationToken);
        return await _reading.FindAsync(environment, cancellationToken) is { } known
            ? Draft(known, await _revisions.LatestAsync(known.Id, cancellationToken), null)
            : null;
    }

    /// <summary>A draft that says what revision <paramref name="number"/> said, on top of the newest; null when there is none of that number, or it cannot be decrypted.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not change settings.</exception>
    /// <exception cref="StoreUnavailableException">The own store does not answer.</exception>
    public async Task<SettingsDraft?> RollBackAsync(string environment, int number, CancellationToken cancellationToken = default)
    {
        await _access.RequireAsync(Permissions.ChangeSettings, cancellationToken);
        return await _reading.FindAsync(environment, cancellationToken) is { } known && await _revisions.FindAsync(known.Id, number, cancellationToken) is { File: not null } wanted
            ? Draft(known, await _revisions.LatestAsync(known.Id, cancellationToken), wanted)
            : null;
    }

    /// <summary>The same changes on top of the newest revision: for a draft that somebody overtook. Keys that both changed keep this draft's value.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not change settings.</exception>
    /// <exception cref="StoreUnavailableException">The own store does not answer.</exception>
    public async Task<SettingsDraft> RebaseAsync(SettingsDraft draft, CancellationToken cancellationToken = default)
    {
        await _access.RequireAsync(Permissions.ChangeSettings, cancellationToken);
        var read = await _reading.ReadAsync(draft, cancellationToken);
        if (read.Latest is not { File: { } newest } latest || read.Faults.Count > 0)
        {
            return draft;
        }

        var seen = draft.Expected == 0 ? null : await _revisions.FindAsync(draft.EnvironmentId, draft.Expected, cancellationToken);
        var rebased = new SettingsDraft(draft.EnvironmentId, draft.Environment, latest.Number, latest.Number, MaskedEnv.Mask(newest));
        foreach (var change in SettingsReading.Changes(seen?.File, read.Settings.File, null))
        {
            // What was kept needs no copying: it stands in the newest revision, or somebody has just changed it.
            var value = read.Kept.Contains(change.Key) ? null : read.Settings.File.Find(change.Key)?.Value;
            rebased = value is null
                ? change.After is null ? rebased.Without(change.Key) : rebased
                : rebased.With(change.Key, value) ?? rebased;
        }

        return rebased;
    }

    /// <summary>What a draft means: fields, findings of the rules that ask nobody, what differs from the newest revision.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not see settings.</exception>
    /// <exception cref="StoreUnavailableException">The own store does not answer.</exception>
    public async Task<DraftView> JudgeAsync(SettingsDraft draft, CancellationToken cancellationToken = default)
    {
        await _access.RequireAsync(Permissions.ReadSettings, cancellationToken);
        var read = await _reading.ReadAsync(draft, cancellationToken);
        var changes = SettingsReading.Changes(read.Latest?.File, read.Settings.File, read.Latest);
        return new DraftView(
            Fields(read),
            await _reading.JudgeAsync(draft, read, cancellationToken),
            changes,
            changes.Count == 0 && (read.Latest?.File?.ToText() ?? "") != read.Settings.File.ToText(),
            read.Settings.Url?.ToString(),
            read.Settings.Kind);
    }

    /// <summary>At most <see cref="RevisionsListed"/> revisions, the newest first, each with what it changed against the one before.</summary>
    /// <param name="environment">Whose settings.</param>
    /// <param name="upTo">The first of the list; null for the newest there is.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="PermissionDeniedException">The caller may not see settings.</exception>
    /// <exception cref="StoreUnavailableException">The own store does not answer.</exception>
    public async Task<IReadOnlyList<RevisionRow>> RevisionsAsync(Guid environment, int? upTo = null, CancellationToken cancellationToken = default)
    {
        await _access.RequireAsync(Permissions.ReadSettings, cancellationToken);
        // One more than is listed: the last one's changes are those against it.
        var all = await _revisions.ListAsync(environment, RevisionsListed + 1, upTo, cancellationToken);
        return [.. all.Take(RevisionsListed).Select((revision, index) => SettingsReading.Row(revision, index + 1 < all.Count ? all[index + 1] : null))];
    }

    private static SettingsDraft Draft(WatchedEnvironment environment, SettingsRevision? latest, SettingsRevision? wanted)
    {
        var origin = wanted ?? latest;
        return new(environment.Id, environment.Name, origin?.Number ?? 0, latest?.Number ?? 0, origin?.File is { } file ? MaskedEnv.Mask(file) : "");
    }

    private static IReadOnlyList<SettingsField> Fields(ReadDraft read)
    {
        var keys = read.Settings.File.Lines
            .Where(line => line.Kind == EnvLineKind.Assignment && SecretLines.Of(line) != SecretPart.Line)
            .Select(line => line.Key!)
            .Where(key => KnownSettings.Find(key) is null)
            .Distinct(StringComparer.Ordinal);
        return [.. KnownSettings.All.Select(known => Field(known.Key, known)), .. keys.Select(key => Field(key, null))];

        SettingsField Field(string key, KnownSetting? known)
        {
            var line = read.Settings.File.Find(key);
            var hidden = known?.IsSecret == true || (line is not null && SecretLines.Of(line) != SecretPart.Nothing);
            var kept = read.Kept.Contains(key);
            var stored = hidden && kept && line?.Value is { } value ? read.Origin?.Fingerprint(value) : null;
            return new SettingsField(key, known, line is not null, hidden ? null : line?.Value, hidden, hidden && line is not null && !kept, stored, read.Origin?.ChangedAt(key));
        }
    }
}
