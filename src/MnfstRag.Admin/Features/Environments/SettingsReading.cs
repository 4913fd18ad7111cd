using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Settings;
using MnfstRag.Postgres.Validating;

namespace MnfstRag.Admin.Features.Environments;

/// <summary>What the services of this feature have in common: drafts with their secrets, the other environments, and what of both may be shown. Checks no permission.</summary>
internal sealed class SettingsReading(IEnvironmentStore environments, SettingsRevisions revisions)
{
    /// <summary>The environment of that name; null when there is none.</summary>
    public async Task<WatchedEnvironment?> FindAsync(string environment, CancellationToken cancellationToken) =>
        (await environments.ListAsync(cancellationToken)).FirstOrDefault(one => one.Name == environment);

    /// <summary>Puts the kept secrets of a draft back.</summary>
    public async Task<ReadDraft> ReadAsync(SettingsDraft draft, CancellationToken cancellationToken)
    {
        var latest = await revisions.LatestAsync(draft.EnvironmentId, cancellationToken);
        var origin = draft.Origin == latest?.Number ? latest : draft.Origin == 0 ? null : await revisions.FindAsync(draft.EnvironmentId, draft.Origin, cancellationToken);
        var file = MaskedEnv.Restore(draft.Whole(), origin?.File, out var kept, out var faults);
        return new ReadDraft(new EnvironmentSettings(draft.Environment, file), origin, latest, kept, faults);
    }

    /// <summary>Findings of the rules that ask nobody, the kept secrets' own among them.</summary>
    public async Task<IReadOnlyList<Finding>> JudgeAsync(SettingsDraft draft, ReadDraft read, CancellationToken cancellationToken)
    {
        var others = await OthersAsync(draft.EnvironmentId, cancellationToken);
        return
        [
            .. read.Faults.Concat(read.Astray).Concat(EnvironmentValidator.Validate(read.Settings, others)).OrderByDescending(finding => finding.Level),
        ];
    }

    /// <summary>The newest settings of every other environment that has some.</summary>
    public async Task<IReadOnlyList<EnvironmentSettings>> OthersAsync(Guid environment, CancellationToken cancellationToken)
    {
        var others = new List<EnvironmentSettings>();
        foreach (var other in (await environments.ListAsync(cancellationToken)).Where(one => one.Id != environment))
        {
            if (await revisions.LatestAsync(other.Id, cancellationToken) is { File: { } file })
            {
                others.Add(new EnvironmentSettings(other.Name, file));
            }
        }

        return others;
    }

    /// <summary>Each key of a file as it may be shown.</summary>
    public static Dictionary<string, string> Shown(EnvFile? file, SettingsRevision? revision)
    {
        var shown = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in file?.Lines.Where(line => line.Kind == EnvLineKind.Assignment) ?? [])
        {
            var part = SecretLines.Of(line);
            if (part != SecretPart.Line)
            {
                shown[line.Key!] = part == SecretPart.Nothing ? line.Value! : revision is null ? "secret" : $"secret, fingerprint {revision.Fingerprint(line.Value!)}";
            }
        }

        return shown;
    }

    /// <summary>What differs between two files, key by key.</summary>
    public static IReadOnlyList<SettingChange> Changes(EnvFile? before, EnvFile? after, SettingsRevision? fingerprints)
    {
        var (old, now) = (Shown(before, fingerprints), Shown(after, fingerprints));
        return
        [
            .. old.Keys.Union(now.Keys, StringComparer.Ordinal)
                .Where(key => before?.Find(key)?.Value != after?.Find(key)?.Value)
                .OrderBy(key => KnownSettings.All.Index().FirstOrDefault(known => known.Item.Key == key, (int.MaxValue, null!)).Item1)
                .ThenBy(key => key, StringComparer.Ordinal)
                .Select(key => new SettingChange(key, old.GetValueOrDefault(key), now.GetValueOrDefault(key), Consequences.Of(key, before?.Find(key)?.Value, after?.Find(key)?.Value))),
        ];
    }

    /// <summary>A revision for a list, with what it changed.</summary>
    public static RevisionRow Row(SettingsRevision revision, SettingsRevision? before) =>
        new(revision.Number, revision.By, revision.At, revision.Reason, Changes(before?.File, revision.File, revision), revision.File is not null);
}
