using System.Globalization;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Settings;
using MnfstRag.Admin.Data.Settings.Vaulting;
using MnfstRag.Admin.Live;
using MnfstRag.Postgres.Validating;

namespace MnfstRag.Admin.Features.Environments;

/// <summary>Tells where each value of an environment comes from, and what the backend runs with. Secrets never come out. Scoped.</summary>
public sealed class SourcesService
{
    private const string VaultName = "Vault";
    private const string ProcessName = "Process environment";
    private const string DefaultName = "Default";

    private readonly IAccess _access;
    private readonly SettingsReading _reading;
    private readonly SettingsRevisions _revisions;
    private readonly ApplyTargets _targets;
    private readonly WatchService _watch;
    private readonly TimeProvider _clock;

    internal SourcesService(IAccess access, SettingsReading reading, SettingsRevisions revisions, ApplyTargets targets, WatchService watch, TimeProvider clock) =>
        (_access, _reading, _revisions, _targets, _watch, _clock) = (access, reading, revisions, targets, watch, clock);

    /// <summary>Every key with the place that gives it its value, in the guide's order; null without a revision.</summary>
    /// <param name="environment">Whose settings.</param>
    /// <param name="askVault">Sign in to Vault and read it; else what was read last counts.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="PermissionDeniedException">The caller may not see settings; or asks Vault and may not change them.</exception>
    /// <exception cref="StoreUnavailableException">The own store does not answer.</exception>
    public async Task<SourcesView?> ReadAsync(string environment, bool askVault = false, CancellationToken cancellationToken = default)
    {
        await _access.RequireAsync(askVault ? Permissions.ChangeSettings : Permissions.ReadSettings, cancellationToken);
        if (await _reading.FindAsync(environment, cancellationToken) is not { } known || await _revisions.LatestAsync(known.Id, cancellationToken) is not { File: { } file } revision)
        {
            return null;
        }

        var settings = new EnvironmentSettings(known.Name, file);
        var usesVault = ApplyTargets.VaultOf(settings, out var missing) is not null;
        var vault = !usesVault ? null : askVault ? await _targets.VaultAsync(settings, cancellationToken) : _targets.LastKnownVault(settings);
        var (layer, applied) = await FileAsync(settings, revision, cancellationToken);
        List<SourceLayer> layers =
        [
            VaultLayer(vault, missing),
            new(ProcessName, "What the backend's process sets wins over the file, and cannot be seen from here.", false),
            layer,
            new(DefaultName, "The backend's code, and where it says nothing the configuration guide.", true),
        ];
        return new SourcesView(layers, [.. Values(revision, file, applied, layer.Name, vault?.Secret is { } secret ? ApplyTargets.KeysOf(secret) : null)], usesVault);
    }

    /// <summary>What each instance of the backend says of its pool, beside the newest revision; empty when none is asked.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not see settings, or not watch.</exception>
    /// <exception cref="StoreUnavailableException">The own store does not answer.</exception>
    public async Task<IReadOnlyList<RunningPool>> RunningAsync(string environment, CancellationToken cancellationToken = default)
    {
        await _access.RequireAsync(Permissions.ReadSettings, cancellationToken);
        if (await _reading.FindAsync(environment, cancellationToken) is not { } known || await _revisions.LatestAsync(known.Id, cancellationToken) is not { File: { } file } revision)
        {
            return [];
        }

        var wanted = new EnvironmentSettings(known.Name, file).Text("DB_POOL_SIZE") ?? KnownSettings.Find("DB_POOL_SIZE")?.EffectiveDefault;
        var snapshot = await _watch.LatestAsync(known.Name, cancellationToken);
        return
        [
            .. (snapshot?.Pools?.Reading?.Backends ?? []).Select(part => part.Pool switch
            {
                { Fault: { } fault } => new RunningPool(part.Place, null, fault, part.Pool.ReadAt),
                { Value.Size: { } size } when size.ToString(CultureInfo.InvariantCulture) is var has => has == wanted
                    ? new RunningPool(part.Place, true, $"runs with a pool of {has}, as revision {revision.Number} says", part.Pool.ReadAt)
                    : new RunningPool(part.Place, false, $"runs with a pool of {has}, and revision {revision.Number} says {wanted}: apply it, and restart the backend", part.Pool.ReadAt),
                _ => new RunningPool(part.Place, null, "has not said yet which pool it runs with", part.Pool.ReadAt),
            }),
        ];
    }

    private static SourceLayer VaultLayer(VaultReading? reading, string? missing) => reading switch
    {
        null => new(VaultName, missing ?? "It has not been asked since the dashboard started.", false),
        { State: VaultState.Answered, Secret: { } secret } => new(VaultName, string.Create(CultureInfo.InvariantCulture, $"Version {secret.Version} of secret/database."), true, reading.ReadAt),
        { Secret: { } secret } => new(VaultName, string.Create(CultureInfo.InvariantCulture, $"{reading.Fault} What follows is version {secret.Version}, the last that was read."), true, reading.ReadAt),
        _ => new(VaultName, reading.Fault!, false),
    };

    /// <summary>The first of the files that is there; where none can be read, the newest revision stands for it.</summary>
    private async Task<(SourceLayer Layer, EnvFile? File)> FileAsync(EnvironmentSettings settings, SettingsRevision revision, CancellationToken cancellationToken)
    {
        var name = $".env.{settings.Name}";
        var why = "Its folder is not named in Applying:Folders";
        foreach (var target in _targets.Of(settings).Where(target => target is { Kind: ApplyTargetKind.File, Missing: null }))
        {
            var state = await _targets.LookAsync(settings, target, cancellationToken);
            if (state.File is { } file)
            {
                var same = file.ToText() == settings.File.ToText();
                return (new(name, same ? $"{target.Place} says what revision {revision.Number} says." : $"{target.Place} differs from revision {revision.Number}, which is not applied there.", true, _clock.GetUtcNow()), file);
            }

            why = state.Fault?.TrimEnd('.') ?? $"{target.Place} does not exist yet";
        }

        return (new(name, $"{why}, so revision {revision.Number} stands for it.", true), null);
    }

    private static IEnumerable<SourcedValue> Values(SettingsRevision revision, EnvFile newest, EnvFile? applied, string fileName, IReadOnlyDictionary<string, string>? vault)
    {
        var wanted = SettingsReading.Shown(newest, revision);
        var file = applied is null ? wanted : SettingsReading.Shown(applied, revision);
        var keys = KnownSettings.All.Select(known => known.Key).Concat(file.Keys.Concat(wanted.Keys).Where(key => KnownSettings.Find(key) is null)).Distinct(StringComparer.Ordinal);
        foreach (var key in keys)
        {
            var known = KnownSettings.Find(key);
            var (value, from) = vault?.TryGetValue(key, out var secret) == true ? ($"secret, fingerprint {revision.Fingerprint(secret)}", VaultName)
                : file.TryGetValue(key, out var text) ? (text, fileName)
                : known?.EffectiveDefault is { } standard ? (standard, DefaultName)
                : (null, "");
            var meant = wanted.GetValueOrDefault(key) ?? (from == DefaultName ? value : null);
            if (value is not null || meant is not null)
            {
                var says = meant == value ? null : meant is null ? $"Revision {revision.Number} does not set it." : $"Revision {revision.Number} says {(meant.Length == 0 ? "nothing" : meant)}.";
                var unread = known?.ReadBy is SettingReader.PrefixedModel or SettingReader.Unproven && from != DefaultName ? "Nothing proves that the product reads it." : null;
                yield return new SourcedValue(key, value ?? "", from, string.Join(" ", new[] { says, unread }.OfType<string>()) is { Length: > 0 } note ? note : null);
            }
        }
    }
}
