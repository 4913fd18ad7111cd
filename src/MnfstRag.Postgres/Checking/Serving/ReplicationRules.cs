using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Checking;

/// <summary>When replication is behind, and when a slot is a danger to its server's disk.</summary>
internal static class ReplicationRules
{
    private const long WarningBytes = 50L << 20;

    private const long FailingBytes = 100L << 20;

    /// <summary>Log that an abandoned slot keeps: below it there is time, above it the disk is at stake.</summary>
    private const long FailingRetainedBytes = 5L << 30;

    private static readonly TimeSpan WarningLag = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan FailingLag = TimeSpan.FromSeconds(60);

    public static CheckOutcome Judge(StandbyState standby)
    {
        var evidence = $"A standby{Behind(standby.Behind, standby.Lag)}.";
        if (!standby.Receives)
        {
            return CheckOutcome.Failing(
                $"{evidence} No receiver is connected to a primary.",
                "Look whether the primary lives, and at primary_conninfo and this server's log. A standby that is fed from an archive only has no receiver by design.");
        }

        return standby.Paused
            ? CheckOutcome.Warning($"{evidence} Its replay is paused.", "On the standby: SELECT pg_wal_replay_resume();")
            : ByLag(standby.Behind, standby.Lag, evidence, "Look for a long query on the standby that holds replay back, and at its disk's load.");
    }

    public static CheckOutcome Judge(ReplicationLink link)
    {
        var evidence = $"Standby {link.Name} is {link.State}{Behind(link.Behind, link.Lag)}.";
        return link.State switch
        {
            // pg_basebackup: no standby yet.
            "backup" => CheckOutcome.Ok(evidence),
            "streaming" => ByLag(link.Behind, link.Lag, evidence, "Look for a long query on the standby that holds replay back, and at the network and disk of the standby."),
            _ => CheckOutcome.Warning(evidence, "It catches up. If that takes long, look at the network between, and at the standby's log."),
        };
    }

    public static CheckOutcome Judge(ReplicationSlot slot)
    {
        var retained = slot.Retained is { } bytes ? $" keeps {PlainWords.Bytes(bytes)} of log" : " keeps no log";
        var evidence = $"Slot {slot.Name} is {(slot.Active ? "active" : slot.Synced ? "a copy for failover" : "inactive")} and{retained}.";
        var drop = $"SELECT pg_drop_replication_slot('{slot.Name}');";
        if (slot.WalStatus is "lost" or "unreserved")
        {
            return CheckOutcome.Failing(
                $"{evidence} Its log is {(slot.WalStatus == "lost" ? "gone: whoever reads from it must start anew" : "about to be removed (max_slot_wal_keep_size)")}.",
                $"Set its reader up anew, then drop the slot: {drop}");
        }

        var inactive = !slot.Active && !slot.Synced;
        var hoards = slot.Retained >= FailingRetainedBytes;
        return (inactive, hoards) switch
        {
            (true, true) => CheckOutcome.Failing($"{evidence} Nobody reads from it, and the disk fills.", $"Bring its reader back, or drop the slot: {drop}"),
            (true, false) => CheckOutcome.Warning($"{evidence} Nobody reads from it, so the log it keeps will grow without end.", $"Bring its reader back, or drop the slot: {drop}"),
            (false, true) => CheckOutcome.Warning(evidence, "Its reader is slow: look there. max_slot_wal_keep_size limits what a slot may keep."),
            _ => CheckOutcome.Ok(evidence),
        };
    }

    private static CheckOutcome ByLag(long? behind, TimeSpan? lag, string evidence, string remedy) =>
        behind >= FailingBytes || lag >= FailingLag ? CheckOutcome.Failing(evidence, remedy)
        : behind >= WarningBytes || lag >= WarningLag ? CheckOutcome.Warning(evidence, remedy)
        : CheckOutcome.Ok(evidence);

    private static string Behind(long? bytes, TimeSpan? lag) => (bytes, lag) switch
    {
        ({ } some, { } time) when some > 0 => $", {PlainWords.Bytes(some)} and {PlainWords.Duration(time)} behind",
        ({ } some, _) when some > 0 => $", {PlainWords.Bytes(some)} behind",
        (null, { } time) => $", {PlainWords.Duration(time)} behind",
        (null, null) => "",
        _ => ", nothing behind",
    };
}
