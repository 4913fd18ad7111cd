namespace MnfstRag.Postgres.Connecting;

/// <summary>Why a guarded request has no answer. Who asked has the words for it.</summary>
public enum HttpSilence
{
    /// <summary>The line broke, or HTTP is not spoken there.</summary>
    Broken,

    /// <summary>The guard refuses the address.</summary>
    Guarded,

    /// <summary>Nothing listens there.</summary>
    Refused,

    /// <summary>The name does not resolve.</summary>
    Unknown,

    /// <summary>The certificate does not verify: nothing was sent.</summary>
    Unproven,

    /// <summary>The time limit passed.</summary>
    Late,
}
