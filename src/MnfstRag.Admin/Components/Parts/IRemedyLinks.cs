using MnfstRag.Postgres.Advising;

namespace MnfstRag.Admin.Components.Parts;

/// <summary>
/// What a feature can carry out of what findings ask for; the card of a finding shows the first link that it is given. Register it
/// scoped: <c>services.AddScoped&lt;IRemedyLinks, MaintenanceRemedies&gt;()</c>. A finding names its rule (<see cref="Finding.Rule"/>:
/// "index.invalid"), its object (the key after the colon: "public.ix_old", quoted as SQL wants it) and the statement
/// (<see cref="Finding.Sql"/>).
/// </summary>
public interface IRemedyLinks
{
    /// <summary>
    /// Where <paramref name="finding"/> of <paramref name="environment"/> can be mended; null when not here, or when the caller would be
    /// refused there. Asked once for each card, and again when its statement changes: keep what you asked of the caller's permissions.
    /// </summary>
    Task<RemedyLink?> OfAsync(string environment, Finding finding, CancellationToken cancellationToken = default);
}
