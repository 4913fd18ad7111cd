using System.Collections.Immutable;

namespace MnfstRag.Postgres.Watching;

/// <summary>The server's settings, as the watching role sees them.</summary>
/// <param name="LoadedAt">When the server read its files last (<c>pg_conf_load_time()</c>).</param>
/// <param name="Settings">By name. One that is missing is hidden from the role, or unknown to this version.</param>
/// <param name="FileFaults">Lines of the files that the server cannot apply (<c>pg_file_settings</c>); null when the role may not read them.</param>
/// <param name="PreloadInFile">shared_preload_libraries as the files have it now; null when they do not set it, or the role may not read them.</param>
public sealed record SettingsReading(
    DateTimeOffset LoadedAt,
    ImmutableDictionary<string, ServerSetting> Settings,
    IReadOnlyList<SettingsFileFault>? FileFaults,
    string? PreloadInFile)
{
    /// <summary>A setting; null when hidden or unknown.</summary>
    public ServerSetting? this[string name] => Settings.GetValueOrDefault(name);

    /// <summary>Names of what waits for a restart, in order.</summary>
    public IReadOnlyList<string> PendingRestart { get; } =
        [.. Settings.Values.Where(setting => setting.PendingRestart).Select(setting => setting.Name).Order(StringComparer.Ordinal)];
}
