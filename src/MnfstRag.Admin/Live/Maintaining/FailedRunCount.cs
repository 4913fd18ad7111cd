namespace MnfstRag.Admin.Live.Maintaining;

/// <summary>How many runs of an environment ended otherwise than they should and were not made good since.</summary>
/// <param name="Failed">Not done, or refused when their time came.</param>
/// <param name="LeftSomething">Not done, and something is left over.</param>
/// <param name="Unproven">Whether they were done is not known.</param>
/// <param name="Last">The newest of them; null when there is none.</param>
public sealed record FailedRunCount(int Failed, int LeftSomething, int Unproven, RunSummary? Last)
{
    /// <summary>All of them.</summary>
    public int Total => Failed + LeftSomething + Unproven;
}
