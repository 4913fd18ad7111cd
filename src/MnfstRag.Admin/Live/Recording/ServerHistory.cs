using MnfstRag.Admin.Data.History;

namespace MnfstRag.Admin.Live.Recording;

/// <summary>Keeps checkpoints, the log, archiving and input and output: one subject, the server itself.</summary>
public sealed class ServerHistory : IHistorySource
{
    /// <summary>What was done in the time (counts, bytes, milliseconds), and how much log stood on disk. Null where the server does not tell.</summary>
    public static readonly HistoryKind Kind = new("server",
    [
        new("checkpoints_timed", RollUp.Sum),
        new("checkpoints_requested", RollUp.Sum),
        new("checkpoint_buffers", RollUp.Sum),
        new("clean_buffers", RollUp.Sum),
        new("backend_buffers", RollUp.Sum),
        new("wal_bytes", RollUp.Sum, Whole: true),
        new("wal_full_pages", RollUp.Sum),
        new("wal_records", RollUp.Sum),
        new("wal_buffers_full", RollUp.Sum),
        new("wal_file_bytes", RollUp.Max, Whole: true),
        new("slot_bytes", RollUp.Max, Whole: true),
        new("archived", RollUp.Sum),
        new("archive_failed", RollUp.Sum),
        new("archive_waiting", RollUp.Max),
        new("io_read_bytes", RollUp.Sum, Whole: true),
        new("io_write_bytes", RollUp.Sum, Whole: true),
        new("io_read_ms", RollUp.Sum),
        new("io_write_ms", RollUp.Sum),
        new("transactions", RollUp.Sum, Whole: true),
    ]);

    HistoryKind IHistorySource.Kind => Kind;

    /// <inheritdoc />
    public IHistoryTap Open() => new ServerHistoryTap();
}
