namespace MnfstRag.Admin.Live.Maintaining;

/// <summary>What governs maintenance of an environment at this moment.</summary>
/// <param name="FourEyes">A second administrator approves each run.</param>
/// <param name="Freeze">Why nothing may run; null when it may.</param>
public sealed record MaintenanceRule(bool FourEyes, MaintenanceFreeze? Freeze)
{
    /// <summary>Nothing beyond permissions.</summary>
    public static MaintenanceRule None { get; } = new(FourEyes: false, null);
}
