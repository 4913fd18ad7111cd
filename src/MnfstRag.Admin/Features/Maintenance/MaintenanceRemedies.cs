using MnfstRag.Admin.Access;
using MnfstRag.Admin.Components.Parts;
using MnfstRag.Admin.Live;
using MnfstRag.Postgres.Advising;

namespace MnfstRag.Admin.Features.Maintenance;

/// <summary>Puts the way to a plan on the card of each finding that maintenance mends. Scoped.</summary>
internal sealed class MaintenanceRemedies(IAccess access, EnvironmentWatches watches) : IRemedyLinks
{
    private bool? _may;

    public async Task<RemedyLink?> OfAsync(string environment, Finding finding, CancellationToken cancellationToken = default)
    {
        if (watches.Find(environment)?.Feed.Latest is not { } snapshot || RemedyOperations.Of(finding, snapshot) is not { } operation)
        {
            return null;
        }

        _may ??= await access.MayAsync(Permissions.PlanMaintenance, cancellationToken);
        return _may == true ? new RemedyLink($"Plan: {operation.Title}", PlanUrl.ForRemedies(environment, [finding.Key])) : null;
    }
}
