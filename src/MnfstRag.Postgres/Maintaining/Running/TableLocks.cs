using MnfstRag.Postgres.Advising;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;
using Npgsql;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>
/// One run a table, and one session a run: advisory locks on the very session that does the work, so that they end with it. Nobody waits for them:
/// two concurrent index builds on one table would wait for each other.
/// </summary>
internal static class TableLocks
{
    /// <summary>The first key of a table's lock: "mnft".</summary>
    public const int Tables = 0x6D6E6674;

    /// <summary>The first key of a run's lock: "mnfr".</summary>
    public const int Runs = 0x6D6E6672;

    private const string HolderStatement = """
        SELECT /* mnfst-admin:maintenance */ l.pid, coalesce(a.application_name, ''), clock_timestamp() - a.backend_start
        FROM pg_catalog.pg_locks AS l
        LEFT JOIN pg_catalog.pg_stat_activity AS a ON a.pid = l.pid
        WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 2
          AND l.database = (SELECT d.oid FROM pg_catalog.pg_database AS d WHERE d.datname = current_database())
          AND l.classid = $1 AND l.objid = $2
        """;

    /// <summary>The second key of a run's lock.</summary>
    public static int KeyOf(Guid run) => BitConverter.ToInt32(run.ToByteArray(), 0);

    /// <summary>Takes a lock; or says who has it.</summary>
    public static async Task<string?> TakeAsync(NpgsqlConnection connection, int kind, int key, string what, CancellationToken cancellationToken)
    {
        await using (var take = new NpgsqlCommand("SELECT /* mnfst-admin:maintenance */ pg_try_advisory_lock($1, $2)", connection) { Parameters = { new() { Value = kind }, new() { Value = key } } })
        {
            if (await take.ExecuteScalarAsync(cancellationToken) is true)
            {
                return null;
            }
        }

        await using var query = new BoundedQuery(
            connection,
            MaintenanceLink.Questions,
            HolderStatement,
            new NpgsqlParameter { Value = unchecked((uint)kind), NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Oid },
            new NpgsqlParameter { Value = unchecked((uint)key), NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Oid });
        await using var rows = await query.ExecuteAsync(cancellationToken);
        return await rows.ReadAsync(cancellationToken)
            ? FormattableString.Invariant($"{what} by another session (pid {rows.GetInt32(0)}, {rows.GetString(1)}{(rows.IsDBNull(2) ? "" : $", for {Plain.Duration(rows.GetFieldValue<TimeSpan>(2))}")}). Nothing was sent.")
            : $"{what} by another session, which has ended this moment. Nothing was sent; try again.";
    }

    /// <summary>Gives a lock back.</summary>
    public static async Task ReleaseAsync(NpgsqlConnection connection, int kind, int key, CancellationToken cancellationToken)
    {
        await using var release = new NpgsqlCommand("SELECT /* mnfst-admin:maintenance */ pg_advisory_unlock($1, $2)", connection) { Parameters = { new() { Value = kind }, new() { Value = key } } };
        await release.ExecuteNonQueryAsync(cancellationToken);
    }
}
