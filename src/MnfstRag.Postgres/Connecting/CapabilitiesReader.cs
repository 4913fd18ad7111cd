using System.Collections.Immutable;
using MnfstRag.Postgres.Watching;
using Npgsql;

namespace MnfstRag.Postgres.Connecting;

/// <summary>
/// Reads <see cref="Capabilities"/> from settings, <c>pg_roles</c>, <c>pg_extension</c> and <c>pg_has_role</c> (14–18). A role
/// has a predefined role's rights when it may use them without SET ROLE, as the server's own checks have it ('USAGE').
/// </summary>
public sealed class CapabilitiesReader : IReader<Capabilities>
{
    /// <summary>The one instance.</summary>
    public static CapabilitiesReader Instance { get; } = new();

    /// <inheritdoc/>
    public string Name => "capabilities";

    /// <inheritdoc/>
    public string Sql(Capabilities server) => Statement;

    internal const string Statement = """
        SELECT
            current_setting('server_version_num')::int4,
            current_setting('server_version'),
            current_database()::text,
            current_user::text,
            (SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user),
            pg_has_role('pg_read_all_stats', 'USAGE'),
            pg_has_role('pg_read_all_settings', 'USAGE'),
            pg_has_role('pg_signal_backend', 'USAGE'),
            pg_is_in_recovery(),
            pg_postmaster_start_time(),
            ARRAY(SELECT extname::text FROM pg_catalog.pg_extension ORDER BY extname),
            ARRAY(SELECT extversion FROM pg_catalog.pg_extension ORDER BY extname),
            current_setting('track_activities')::bool,
            pg_size_bytes(current_setting('track_activity_query_size'))::int4,
            ARRAY(SELECT n.nspname::text FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace ORDER BY extname),
            has_function_privilege('pg_catalog.pg_ls_waldir()', 'EXECUTE')
        """;

    /// <inheritdoc/>
    public async Task<Capabilities> ReadAsync(NpgsqlDataReader rows, Capabilities server, CancellationToken cancellationToken)
    {
        await rows.ReadAsync(cancellationToken);
        var names = rows.GetFieldValue<string[]>(10);
        var versions = rows.GetFieldValue<string[]>(11);
        return new Capabilities(
            rows.GetInt32(0),
            rows.GetString(1),
            rows.GetString(2),
            rows.GetString(3),
            rows.GetBoolean(4),
            rows.GetBoolean(5),
            rows.GetBoolean(6),
            rows.GetBoolean(7),
            rows.GetBoolean(8),
            server.TransactionPooler,
            server.SystemIdentifier,
            rows.GetFieldValue<DateTimeOffset>(9),
            names.Zip(versions).ToImmutableSortedDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal),
            rows.GetBoolean(12),
            rows.GetInt32(13))
        {
            ExtensionSchemas = names.Zip(rows.GetFieldValue<string[]>(14)).ToImmutableSortedDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal),
            ListsServerFiles = rows.GetBoolean(15),
        };
    }
}
