namespace MnfstRag.Postgres.Fencing;

/// <summary>How a fence stands.</summary>
public enum FenceStanding
{
    /// <summary>The product's tables are not in this database, or not whole.</summary>
    NoProduct,

    /// <summary>No fence was built.</summary>
    Absent,

    /// <summary>It stands as it was built, for the tables as they are.</summary>
    InForce,

    /// <summary>A newer version of the script exists.</summary>
    Outdated,

    /// <summary>The product's tables are no longer those that it was built for, or it was built for another reader.</summary>
    ProductChanged,

    /// <summary>Somebody altered it after it was built, or the server was upgraded to another major version.</summary>
    Altered,

    /// <summary>It does not hold: see the faults.</summary>
    Broken,

    /// <summary>It could not be looked at.</summary>
    Unknown,
}
