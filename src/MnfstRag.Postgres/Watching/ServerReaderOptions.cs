namespace MnfstRag.Postgres.Watching;

/// <summary>How <see cref="ServerReader"/> treats a watched server.</summary>
public sealed record ServerReaderOptions
{
    /// <summary>Every connection of the dashboard has an application_name that begins so.</summary>
    public const string ApplicationPrefix = "mnfst-admin";

    /// <summary>application_name of the connection.</summary>
    public string ApplicationName { get; init; } = ApplicationPrefix;

    /// <summary>Longest time to connect, whole seconds (1–1024).</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>The server stops a statement of ours after this time (statement_timeout), or after half of <see cref="Budget"/> if that is less: one slow reader must leave time for the others.</summary>
    public TimeSpan StatementTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The server stops waiting for a lock on our behalf after this time (lock_timeout).</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The same for a heavy reader, of which a reading has one: <see cref="Budget"/> is longer by this time then. Twenty thousand tables take about a second.</summary>
    public TimeSpan HeavyTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>A reading ends after this time whatever the server does, connecting included.</summary>
    public TimeSpan Budget { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>How old <see cref="Connecting.Capabilities"/> may become on a connection that lasts.</summary>
    public TimeSpan CapabilitiesAge { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>A reader that failed rests this long, then twice as long at each further failure.</summary>
    public TimeSpan FirstRest { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest rest of a failing reader: so long a grant that cures it may go unnoticed.</summary>
    public TimeSpan LongestRest { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The statement_timeout in force.</summary>
    internal TimeSpan StatementLimit => StatementTimeout < Budget / 2 ? StatementTimeout : Budget / 2;
}
