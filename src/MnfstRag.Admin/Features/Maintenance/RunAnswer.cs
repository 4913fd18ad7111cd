namespace MnfstRag.Admin.Features.Maintenance;

/// <summary>What became of a wish.</summary>
/// <param name="Run">The run; null when there is none.</param>
/// <param name="Fault">Why not, in words; null when it is queued or waits for approval.</param>
public sealed record RunAnswer(Guid? Run, string? Fault)
{
    /// <summary>No.</summary>
    public static RunAnswer No(string fault) => new(null, fault);
}
