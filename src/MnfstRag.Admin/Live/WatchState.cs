namespace MnfstRag.Admin.Live;

/// <summary>How the sampler of an environment fares.</summary>
public enum WatchState
{
    /// <summary>No reading yet.</summary>
    Connecting,

    /// <summary>The last tick succeeded.</summary>
    Live,

    /// <summary>The last tick failed: readings are those of the last success, and old.</summary>
    Failing,

    /// <summary>Another instance of the dashboard samples; this one does not.</summary>
    Follower,

    /// <summary>The environment has no watch credential, or one that cannot be monitored.</summary>
    NotConfigured,
}
