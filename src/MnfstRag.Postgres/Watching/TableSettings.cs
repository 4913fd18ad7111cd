using System.Globalization;
using System.Text.Json;

namespace MnfstRag.Postgres.Watching;

/// <summary>The server's autovacuum settings, and what a table's own storage parameters make of them.</summary>
internal sealed class TableSettings
{
    private readonly Dictionary<string, string> _settings;
    private readonly Dictionary<string, string> _shared = new(StringComparer.Ordinal);
    private readonly TableVacuuming _ordinary;

    /// <param name="settings">pg_settings as JSON: name to setting.</param>
    public TableSettings(string settings)
    {
        _settings = JsonSerializer.Deserialize<Dictionary<string, string>>(settings)!;
        Autovacuum = _settings["autovacuum"] == "on" && _settings["track_counts"] == "on";
        _ordinary = Of(new Dictionary<string, string>(StringComparer.Ordinal));
    }

    /// <summary>It runs at all.</summary>
    public bool Autovacuum { get; }

    /// <summary>One object for equal texts.</summary>
    public string Shared(string text) => _shared.TryGetValue(text, out var same) ? same : _shared[text] = text;

    /// <summary>For a table with these reloptions ("autovacuum_enabled=false").</summary>
    public TableVacuuming For(string[] options)
    {
        var own = options
            .Where(option => option.StartsWith("autovacuum_", StringComparison.Ordinal))
            .Select(option => option.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        return own.Count == 0 ? _ordinary : Of(own);
    }

    private TableVacuuming Of(Dictionary<string, string> own)
    {
        var most = Figure("autovacuum_vacuum_max_threshold");
        var inserts = Figure("autovacuum_vacuum_insert_threshold");
        return new TableVacuuming(
            Autovacuum && !(own.TryGetValue("autovacuum_enabled", out var enabled) && IsOff(enabled)),
            own.Count > 0,
            Figure("autovacuum_vacuum_threshold") ?? 50,
            Figure("autovacuum_vacuum_scale_factor") ?? 0.2,
            most is >= 0 ? most : null,
            inserts is >= 0 ? inserts : null,
            Figure("autovacuum_vacuum_insert_scale_factor") ?? 0.2,
            Figure("autovacuum_analyze_threshold") ?? 50,
            Figure("autovacuum_analyze_scale_factor") ?? 0.1,
            Least("autovacuum_freeze_max_age"),
            Least("autovacuum_multixact_freeze_max_age"));

        // A storage parameter below zero stands for "as the server".
        double? Figure(string name) =>
            own.TryGetValue(name, out var text) && Number(text) is var mine && (mine >= 0 || !name.EndsWith("_factor", StringComparison.Ordinal)) ? mine
            : _settings.TryGetValue(name, out var all) ? Number(all) : null;

        // The table's own limit counts only where it is lower than the server's.
        long Least(string name)
        {
            var server = (long)Number(_settings[name]);
            return own.TryGetValue(name, out var text) ? Math.Min((long)Number(text), server) : server;
        }
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    // What the server takes for a boolean: any prefix of these that is not ambiguous.
    private static readonly string[] OffWords = ["false", "no", "off"];

    private static bool IsOff(string text) =>
        text == "0" || text.Equals("of", StringComparison.OrdinalIgnoreCase)
        || OffWords.Any(word => word.StartsWith(text, StringComparison.OrdinalIgnoreCase) && !text.Equals("o", StringComparison.OrdinalIgnoreCase));
}
