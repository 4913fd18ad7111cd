namespace MnfstRag.Postgres.Watching.Hosts;

/// <summary>How an environment stands as to its primary.</summary>
public enum PrimaryState
{
    /// <summary>No host has been asked yet.</summary>
    Unknown,

    /// <summary>Exactly one host takes writes.</summary>
    Known,

    /// <summary>There was one, or there must be one, and no host that answers takes writes.</summary>
    Lost,

    /// <summary>All hosts answer and are standbys: the primary is not among those that are watched.</summary>
    Elsewhere,

    /// <summary>Two hosts of one cluster take writes, or one that a promotion has left behind does: what is written there will be lost.</summary>
    SplitBrain,
}
