using MnfstRag.Admin.Data.Settings;
using MnfstRag.Postgres.Validating;

namespace MnfstRag.Admin.Features.Environments;

/// <summary>A target as it was read, with its secrets. It never leaves the services.</summary>
internal sealed record TargetState(string Mark, IReadOnlyDictionary<string, string> Values, EnvFile? File, string? Fault)
{
    /// <summary>Where a target cannot be read.</summary>
    public static TargetState Broken(string fault) => new("", new Dictionary<string, string>(StringComparer.Ordinal), null, fault);

    /// <summary>What would change if it were given <paramref name="wanted"/>.</summary>
    public IReadOnlyList<SettingChange> Changes(SettingsRevision revision, IReadOnlyDictionary<string, string> wanted) =>
    [
        .. wanted.Where(pair => Values.GetValueOrDefault(pair.Key) != pair.Value)
            .Select(pair => new SettingChange(pair.Key, Shown(revision, Values.GetValueOrDefault(pair.Key)), Shown(revision, pair.Value), Consequences.Of(pair.Key, Values.GetValueOrDefault(pair.Key), pair.Value))),
    ];

    /// <summary>Whose, never what.</summary>
    public override string ToString() => $"{Values.Count} values";

    private static string? Shown(SettingsRevision revision, string? value) => value is null ? null : $"secret, fingerprint {revision.Fingerprint(value)}";
}
