namespace MnfstRag.Postgres.Embedded;

/// <summary>How a server is stopped (pg_ctl's modes).</summary>
public enum StopMode
{
    /// <summary>Sessions are ended, a checkpoint is written: the next start needs no recovery.</summary>
    Fast,

    /// <summary>Stops at once, as after a crash: the next start recovers from the log.</summary>
    Immediate,
}
