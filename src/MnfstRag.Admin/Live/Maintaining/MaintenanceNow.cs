using System.Collections.Immutable;

namespace MnfstRag.Admin.Live.Maintaining;

/// <summary>Every run of the installation that has not ended, and those that ended within the last minutes; the newest first.</summary>
/// <param name="Runs">Immutable.</param>
public sealed record MaintenanceNow(ImmutableArray<RunNow> Runs)
{
    /// <summary>One of them; null when it is not among them.</summary>
    public RunNow? Find(Guid id) => Runs.FirstOrDefault(run => run.Run.Id == id);
}
