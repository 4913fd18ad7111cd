namespace MnfstRag.Admin.Live.Maintaining;

/// <summary>How maintenance runs behave. Section <c>Maintenance</c>.</summary>
public sealed class MaintenanceOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Maintenance";

    /// <summary>Most runs at once on one environment, 1–8.</summary>
    public int PerEnvironment { get; set; } = 2;

    /// <summary>Most runs at once in the whole installation, 1–32.</summary>
    public int Total { get; set; } = 4;

    /// <summary>How long a step waits for a lock before it gives way and tries again later; whole milliseconds, at most a minute.</summary>
    public TimeSpan LockTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often a step is sent at most, where a lock is in the way, 1–50.</summary>
    public int Attempts { get; set; } = 5;

    /// <summary>Pause before the second attempt; it doubles each time.</summary>
    public TimeSpan RetryPause { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// By environment: a directory of the dashboard's machine that lies on the server's disk (a mounted volume), from which plans tell what is free. A server
    /// whose own data directory is on this machine needs none.
    /// </summary>
    public Dictionary<string, string> DataDirectories { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Wait before the end of a run is found out whose process is gone: a process that only lost its connection to the own store may still begin a step until it notices.</summary>
    public TimeSpan ReconcileAfter { get; set; } = TimeSpan.FromSeconds(8);
}
