using System.Collections.Immutable;
using System.Text.Json;
using MnfstRag.Postgres.Connecting;
using Npgsql;

namespace MnfstRag.Postgres.Watching;

/// <summary>
/// Reads <see cref="SettingsReading"/> from <c>pg_settings</c>, and for a superuser from <c>pg_file_settings</c> (14–18). Values that may
/// hold a password (connection strings, commands, settings of modules that we do not know) are not asked for at all, and neither
/// are those that our own session has changed: they are not the server's.
/// </summary>
public sealed class SettingsReader : IReader<SettingsReading>
{
    private const string MayHoldSecret = "May hold a password: it is not read";
    private const string OurOwn = "Set by the dashboard for its own session: the server's value cannot be seen from here";

    /// <summary>The one instance.</summary>
    public static SettingsReader Instance { get; } = new();

    /// <inheritdoc/>
    public string Name => "settings";

    /// <inheritdoc/>
    public string Sql(Capabilities server) => $"""
        SELECT
            s.name,
            CASE WHEN k.withheld IS NULL THEN current_setting(s.name, true) END,
            CASE WHEN k.withheld IS NULL THEN s.setting END,
            s.unit,
            s.category,
            s.short_desc,
            s.context,
            s.source,
            CASE WHEN k.withheld IS NULL THEN s.boot_val END,
            s.sourcefile,
            s.sourceline,
            s.pending_restart,
            k.withheld,
            CASE WHEN row_number() OVER () = 1 THEN pg_conf_load_time() END,
            {(server.IsSuperuser ? FileFaults : "NULL::text")},
            {(server.IsSuperuser ? PreloadInFile : "NULL::text")},
            s.vartype
        FROM pg_catalog.pg_settings AS s
        CROSS JOIN LATERAL (SELECT CASE
            WHEN s.source IN ('client', 'session', 'interactive') OR s.name IN ('transaction_isolation', 'transaction_read_only', 'transaction_deferrable') THEN 'own'
            WHEN s.name IN ('primary_conninfo', 'archive_command', 'restore_command', 'archive_cleanup_command', 'recovery_end_command', 'ssl_passphrase_command')
              OR s.name LIKE '%.%' AND split_part(s.name, '.', 1) NOT IN ('pg_stat_statements', 'auto_explain', 'pg_trgm', 'plpgsql', 'pg_prewarm', 'hnsw', 'ivfflat', 'hypopg') THEN 'secret'
            END AS withheld) AS k
        """;

    // Of what waits for a restart the view says "setting could not be applied", which is no fault.
    private const string FileFaults = """
        CASE WHEN row_number() OVER () = 1 THEN coalesce((
                SELECT json_agg(json_build_array(f.sourcefile, f.sourceline, f.name, f.error) ORDER BY f.seqno)
                FROM pg_catalog.pg_file_settings AS f
                WHERE f.error IS NOT NULL AND NOT EXISTS (SELECT FROM pg_catalog.pg_settings AS p WHERE p.name = f.name AND p.pending_restart)), '[]')::text END
        """;

    private const string PreloadInFile = """
        CASE WHEN row_number() OVER () = 1 THEN (
                SELECT f.setting FROM pg_catalog.pg_file_settings AS f WHERE f.name = 'shared_preload_libraries' ORDER BY f.seqno DESC LIMIT 1) END
        """;

    /// <inheritdoc/>
    public async Task<SettingsReading> ReadAsync(NpgsqlDataReader rows, Capabilities server, CancellationToken cancellationToken)
    {
        var settings = ImmutableDictionary.CreateBuilder<string, ServerSetting>(StringComparer.Ordinal);
        var (loaded, faults, preload) = (default(DateTimeOffset), (IReadOnlyList<SettingsFileFault>?)null, (string?)null);
        while (await rows.ReadAsync(cancellationToken))
        {
            if (rows.OptionalTime(13) is { } at)
            {
                (loaded, faults, preload) = (at, Faults(rows.OptionalText(14)), rows.OptionalText(15));
            }

            var setting = new ServerSetting(
                rows.GetString(0),
                rows.OptionalText(1),
                rows.OptionalText(2),
                rows.OptionalText(3),
                rows.GetString(4),
                rows.GetString(5),
                rows.GetString(6),
                rows.GetString(7),
                rows.OptionalText(8),
                rows.OptionalText(9),
                rows.OptionalInt32(10),
                rows.GetBoolean(11),
                rows.OptionalText(12) switch { "own" => OurOwn, "secret" => MayHoldSecret, _ => null })
            {
                Kind = rows.GetString(16),
            };
            settings[setting.Name] = setting;
        }

        return new SettingsReading(loaded, settings.ToImmutable(), faults, preload);
    }

    private static IReadOnlyList<SettingsFileFault>? Faults(string? json)
    {
        if (json is null)
        {
            return null;
        }

        using var rows = JsonDocument.Parse(json);
        return [.. rows.RootElement.EnumerateArray().Select(row => new SettingsFileFault(row[0].GetString() ?? "", row[1].GetInt32(), row[2].GetString(), row[3].GetString() ?? ""))];
    }
}
