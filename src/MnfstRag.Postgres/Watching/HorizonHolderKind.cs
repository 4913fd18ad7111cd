namespace MnfstRag.Postgres.Watching;

/// <summary>What holds back the xmin horizon.</summary>
public enum HorizonHolderKind
{
    /// <summary>A session with an open transaction or snapshot.</summary>
    Session,

    /// <summary>A transaction that was prepared and neither committed nor rolled back.</summary>
    Prepared,

    /// <summary>A replication slot (xmin or catalog_xmin).</summary>
    Slot,

    /// <summary>A standby that reports its own oldest snapshot (hot_standby_feedback).</summary>
    Standby,
}
