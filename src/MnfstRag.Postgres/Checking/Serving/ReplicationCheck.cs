using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;
using Npgsql;

namespace MnfstRag.Postgres.Checking;

/// <summary>Do standbys follow, and does no slot hoard the write-ahead log?</summary>
internal sealed class ReplicationCheck : QueryCheck<ReplicationFacts>
{
    public override string Name => "replication";

    public override string Title => "Standbys follow, and no slot hoards log";

    // One row for each thing, of one shape, so that one statement sees all of them at one moment.
    public override string Sql(Capabilities server) => $"""
        WITH wal AS (
            SELECT CASE WHEN pg_is_in_recovery()
                THEN coalesce(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn())
                ELSE pg_current_wal_lsn() END AS lsn
        )
        SELECT 'standby', NULL::text, NULL::text,
            EXISTS (SELECT FROM pg_catalog.pg_stat_wal_receiver),
            pg_is_wal_replay_paused(),
            pg_wal_lsn_diff(wal.lsn, pg_last_wal_replay_lsn())::int8,
            CASE WHEN wal.lsn = pg_last_wal_replay_lsn() THEN interval '0' ELSE clock_timestamp() - pg_last_xact_replay_timestamp() END
        FROM wal WHERE pg_is_in_recovery()
        UNION ALL
        SELECT 'link', application_name, state, true, false, pg_wal_lsn_diff(wal.lsn, replay_lsn)::int8, replay_lag
        FROM wal, pg_catalog.pg_stat_replication
        UNION ALL
        SELECT 'slot', slot_name::text, wal_status, active, {(server.Major >= 17 ? "synced" : "false")}, pg_wal_lsn_diff(wal.lsn, restart_lsn)::int8, NULL
        FROM wal, pg_catalog.pg_replication_slots
        """;

    public override async Task<ReplicationFacts> ReadAsync(NpgsqlDataReader rows, Capabilities server, CancellationToken cancellationToken)
    {
        StandbyFacts? standby = null;
        var (links, slots) = (new List<ReplicationLink>(), new List<ReplicationSlot>());
        while (await rows.ReadAsync(cancellationToken))
        {
            var (name, state, bytes, lag) = (rows.OptionalText(1) ?? "", rows.OptionalText(2), rows.OptionalInt64(5), rows.OptionalSpan(6));
            switch (rows.GetString(0))
            {
                case "standby":
                    standby = new(rows.GetBoolean(3), rows.GetBoolean(4), bytes, lag);
                    break;
                case "link":
                    links.Add(new(name, state, bytes, lag));
                    break;
                default:
                    slots.Add(new(name, rows.GetBoolean(3), rows.GetBoolean(4), state, bytes));
                    break;
            }
        }

        return new(standby, links, slots);
    }

    public override CheckOutcome Judge(ReplicationFacts facts, Capabilities server)
    {
        List<CheckOutcome> found = [.. facts.Links.Where(link => link.State is not null).Select(ReplicationRules.Judge), .. facts.Slots.Select(ReplicationRules.Judge)];
        if (facts.Standby is { } standby)
        {
            found.Insert(0, ReplicationRules.Judge(standby));
        }

        var hidden = facts.Links.Count(link => link.State is null);
        if (hidden > 0)
        {
            found.Add(CheckOutcome.Skipped($"How far {PlainWords.Of(hidden, "standby", "standbys")} lag is hidden from {server.Role}.", Grants.Monitor(server)));
        }

        return found.Count == 0
            ? CheckOutcome.Ok("A primary without standbys and without replication slots.")
            : Outcomes.Together(found);
    }
}
