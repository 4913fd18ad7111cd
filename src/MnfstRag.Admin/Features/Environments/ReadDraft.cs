using MnfstRag.Admin.Data.Settings;
using MnfstRag.Postgres.Validating;

namespace MnfstRag.Admin.Features.Environments;

/// <summary>A draft with its secrets put back. It never leaves the services.</summary>
internal sealed record ReadDraft(
    EnvironmentSettings Settings,
    SettingsRevision? Origin,
    SettingsRevision? Latest,
    IReadOnlySet<string> Kept,
    IReadOnlyList<Finding> Faults)
{
    /// <summary>Secrets that would go where they were not typed for.</summary>
    public IReadOnlyList<Finding> Astray =>
        Origin?.File is { } stored ? StoredPasswords.Judge(new EnvironmentSettings(Settings.Name, stored), Settings, Kept) : [];

    /// <summary>Whose, never what.</summary>
    public override string ToString() => Settings.Name;
}
