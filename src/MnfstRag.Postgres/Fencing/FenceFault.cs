namespace MnfstRag.Postgres.Fencing;

/// <summary>Something about a fence that is not as it must be.</summary>
/// <param name="Subject">The role, view, function or table.</param>
/// <param name="Rule">What is wrong with it.</param>
/// <param name="Breaks">The fence does not hold; else it is to be looked at by a person.</param>
public sealed record FenceFault(string Subject, string Rule, bool Breaks)
{
    /// <summary>Both as one sentence.</summary>
    public string Words => $"{Subject} {Rule}.";
}
