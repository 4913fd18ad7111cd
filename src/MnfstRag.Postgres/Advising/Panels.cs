namespace MnfstRag.Postgres.Advising;

/// <summary>What can be watched, by the names that people read.</summary>
public static class Panels
{
    /// <summary>How the server is reached.</summary>
    public const string Connection = "Connection";

    /// <summary>Who is connected and what they do (<c>pg_stat_activity</c>).</summary>
    public const string Sessions = "Sessions";

    /// <summary>What sessions run, in full.</summary>
    public const string QueryTexts = "Texts of running queries";

    /// <summary>Which statement a session runs (<c>query_id</c>).</summary>
    public const string QueryIds = "Sessions and statements together";

    /// <summary>Load by statement (<c>pg_stat_statements</c>).</summary>
    public const string Statements = "Statements";

    /// <summary>How long reading and writing took.</summary>
    public const string IoTimes = "I/O times";

    /// <summary>Indexes and how they are used.</summary>
    public const string Indexes = "Indexes";

    /// <summary>When an index or table was used last.</summary>
    public const string LastUse = "Last use of indexes and tables";

    /// <summary>Tables, their sizes and their vacuuming.</summary>
    public const string Tables = "Tables";

    /// <summary>How much of indexes and tables is empty, reckoned from <c>pg_stats</c>.</summary>
    public const string Bloat = "Empty space in indexes and tables";

    /// <summary>How far sequences are.</summary>
    public const string Sequences = "Sequences";

    /// <summary>Settings of the server.</summary>
    public const string Settings = "Settings";

    /// <summary>Settings that are judged by the machine's memory.</summary>
    public const string Memory = "Advice on memory";

    /// <summary>Checkpoints and who writes buffers.</summary>
    public const string Checkpoints = "Checkpoints";

    /// <summary>The write-ahead log.</summary>
    public const string Wal = "Write-ahead log";

    /// <summary>Input and output by kind of process (<c>pg_stat_io</c>).</summary>
    public const string Io = "Input and output";

    /// <summary>Archiving of the log.</summary>
    public const string Archiver = "Archiver";

    /// <summary>Standbys and slots.</summary>
    public const string Replication = "Replication";

    /// <summary>What the application may open.</summary>
    public const string PoolPlan = "The application's pool settings";

    /// <summary>What the backend says of its pool.</summary>
    public const string Backend = "The backend's pool";

    /// <summary>What PgBouncer says.</summary>
    public const string Pooler = "PgBouncer";
}
