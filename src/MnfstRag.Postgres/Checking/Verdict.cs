namespace MnfstRag.Postgres.Checking;

/// <summary>What a check found.</summary>
public enum Verdict
{
    /// <summary>Nothing to do.</summary>
    Ok,

    /// <summary>Something to look at soon, or something that could not be judged.</summary>
    Warning,

    /// <summary>Something is wrong now, or about to be.</summary>
    Failing,

    /// <summary>Not judged; the evidence says why.</summary>
    Skipped,
}
