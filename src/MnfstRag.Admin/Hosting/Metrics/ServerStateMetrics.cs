using MnfstRag.Admin.Live;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Hosting.Metrics;

/// <summary>Checkpoints, the log, its archive and replication.</summary>
internal static class ServerStateMetrics
{
    private const int WithCheckpointer = 17;

    /// <summary>Writes them down.</summary>
    public static void Write(EnvironmentSheet sheet, EnvironmentSnapshot snapshot)
    {
        var slow = snapshot.Slow;
        if (slow.Of(CheckpointReader.Instance)?.Value is { } checkpoints)
        {
            Checkpoints(sheet, checkpoints, snapshot.Capabilities?.Major >= WithCheckpointer);
        }

        if (slow.Of(WalReader.Instance)?.Value is { } wal)
        {
            sheet.Gauge("pg_wal_segments", "Files in pg_wal.", wal.Files);
            sheet.Gauge("pg_wal_size_bytes", "Their bytes.", wal.FileBytes);
            sheet.Counter("pg_stat_wal_bytes_total", "Bytes written to the log.", wal.Bytes);
            sheet.Counter("pg_stat_wal_fpi_total", "Whole pages written to the log.", wal.FullPages);
            sheet.Counter("pg_stat_wal_records_total", "Records written to the log.", wal.Records);
            sheet.Counter("pg_stat_wal_buffers_full_total", "How often the log was written because its buffers were full.", wal.BuffersFull);
        }

        if (slow.Of(ArchiverReader.Instance)?.Value is { } archiver)
        {
            sheet.Counter("pg_stat_archiver_archived_count", "Files archived.", archiver.Archived);
            sheet.Counter("pg_stat_archiver_failed_count", "Attempts to archive that failed.", archiver.Failed);
            sheet.Gauge("mnfst_admin_archive_waiting", "Files that wait to be archived.", archiver.Waiting);
        }

        sheet.Gauge("pg_replication_is_replica", "Whether the server is a standby.", snapshot.Capabilities is { } server ? server.InRecovery ? 1 : 0 : null);
        if (slow.Of(ReplicationReader.Instance)?.Value is { } replication)
        {
            Replication(sheet, replication);
        }
    }

    private static void Checkpoints(EnvironmentSheet sheet, CheckpointReading reading, bool own)
    {
        sheet.Counter(own ? "pg_stat_checkpointer_num_timed_total" : "pg_stat_bgwriter_checkpoints_timed_total", "Checkpoints because checkpoint_timeout was over.", reading.Timed);
        sheet.Counter(own ? "pg_stat_checkpointer_num_requested_total" : "pg_stat_bgwriter_checkpoints_req_total", "Checkpoints because max_wal_size was reached or somebody asked.", reading.Requested);
        sheet.Counter(own ? "pg_stat_checkpointer_write_time_total" : "pg_stat_bgwriter_checkpoint_write_time_total", "Milliseconds spent writing files.", reading.WriteTime.TotalMilliseconds);
        sheet.Counter(own ? "pg_stat_checkpointer_sync_time_total" : "pg_stat_bgwriter_checkpoint_sync_time_total", "Milliseconds spent until the disk had them.", reading.SyncTime.TotalMilliseconds);
        sheet.Counter(own ? "pg_stat_checkpointer_buffers_written_total" : "pg_stat_bgwriter_buffers_checkpoint_total", "Buffers written by checkpoints.", reading.CheckpointBuffers);
        sheet.Counter("pg_stat_bgwriter_buffers_clean_total", "Buffers written by the background writer.", reading.CleanBuffers);
        sheet.Counter(own ? "mnfst_admin_buffers_backend_total" : "pg_stat_bgwriter_buffers_backend_total", "Buffers that backends had to write themselves.", reading.BackendBuffers);
        sheet.Counter("pg_stat_bgwriter_maxwritten_clean_total", "How often the background writer stopped because it had written enough.", reading.Halts);
        sheet.Counter("pg_stat_bgwriter_buffers_alloc_total", "Buffers handed out.", reading.Allocated);
    }

    private static void Replication(EnvironmentSheet sheet, ReplicationReading reading)
    {
        sheet.Gauge("pg_replication_lag_seconds", "How old what this standby replays is; 0 on a primary.", reading.Standby is { } standby ? standby.Lag?.TotalSeconds : 0);
        sheet.Gauge("mnfst_admin_standby_behind_bytes", "Bytes received and not yet replayed.", reading.Standby?.Behind);
        foreach (var link in reading.Links.OrderByDescending(link => link.Behind))
        {
            (string, string)[] labels = [("application_name", link.Name), ("client_addr", link.Address ?? ""), ("state", link.State ?? "")];
            sheet.Gauge("pg_stat_replication_pg_wal_lsn_diff", "Bytes of log that the standby has not replayed.", link.Behind, labels);
            sheet.Gauge("mnfst_admin_replication_lag_seconds", "How old what the standby replays is.", link.Lag?.TotalSeconds, labels);
        }

        foreach (var slot in reading.Slots)
        {
            (string, string)[] labels = [("slot_name", slot.Name), ("slot_type", slot.Kind), ("database", slot.Database ?? "")];
            sheet.Gauge("pg_replication_slots_active", "Whether somebody reads from the slot.", slot.Active ? 1 : 0, labels);
            sheet.Gauge("pg_replication_slots_pg_wal_lsn_diff", "Bytes of log that the slot keeps.", slot.Retained, labels);
            sheet.Gauge("mnfst_admin_replication_slot_lost", "Whether the slot has lost log that its reader needs.", slot.WalStatus == "lost" ? 1 : 0, labels);
        }
    }
}
