using MnfstRag.Postgres.Connecting;
using Npgsql;

namespace MnfstRag.Postgres.Signalling;

/// <summary>Finds out why a signal was refused: PostgreSQL's message differs by version, so the facts are asked.</summary>
internal static class SignalRefusal
{
    private const string Facts = """
        SELECT /* mnfst-admin:signal */
            current_user::text,
            coalesce(a.usename::text, ''),
            coalesce((SELECT r.rolsuper FROM pg_catalog.pg_roles AS r WHERE r.oid = a.usesysid), false),
            coalesce(a.backend_type, ''),
            pg_has_role('pg_signal_backend', 'USAGE'),
            current_setting('server_version_num')::int4
        FROM pg_catalog.pg_stat_activity AS a
        WHERE a.pid = $1
        """;

    public static SignalResult Hidden(int pid, string? role) => new(
        SignalOutcome.Refused,
        null,
        $"The server hides when session {pid} began, so it cannot be told from another session with its pid. Nothing was sent.",
        role is null ? null : $"GRANT pg_read_all_stats, pg_signal_backend TO {Quoted(role)};");

    public static async Task<SignalResult> ExplainAsync(NpgsqlConnection connection, int pid)
    {
        try
        {
            await using var query = new BoundedQuery(connection, BackendSignal.Options, Facts, new NpgsqlParameter { Value = pid });
            await using var rows = await query.ExecuteAsync();
            if (await rows.ReadAsync())
            {
                return Explain(pid, rows.GetString(0), rows.GetString(1), rows.GetBoolean(2), rows.GetString(3), rows.GetBoolean(4), rows.GetInt32(5) / 10000);
            }
        }
        catch (NpgsqlException)
        {
            return Refused($"The server refused the signal to session {pid} (42501); why could not be asked any more.", null);
        }

        return Refused($"The server refused the signal to session {pid} (42501), which has ended since.", null);
    }

    private static SignalResult Explain(int pid, string role, string user, bool superuser, string backendType, bool maySignal, int major)
    {
        if (backendType == "autovacuum worker")
        {
            return major >= 18
                ? Refused($"Session {pid} is an autovacuum worker, which {role} may not signal (42501).", $"GRANT pg_signal_autovacuum_worker TO {Quoted(role)};")
                : Refused($"Session {pid} is an autovacuum worker: below PostgreSQL 18 only a superuser may signal it (42501).", null);
        }

        if (superuser)
        {
            return Refused($"Session {pid} is superuser {user}'s: only a superuser may signal it (42501).", null);
        }

        return maySignal
            ? Refused($"The server refused the signal to session {pid} (42501).", null)
            : Refused($"{role} may not signal other roles' sessions (42501).", $"GRANT pg_signal_backend TO {Quoted(role)};");
    }

    private static SignalResult Refused(string words, string? grant) => new(SignalOutcome.Refused, null, words, grant);

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
