using MnfstRag.Admin.Components.Charts;

namespace MnfstRag.Admin.Features.Tenants;

/// <summary>How a tenant fares: counts and states, no content.</summary>
/// <param name="States">Documents by state, all of them.</param>
/// <param name="Uploads">Documents uploaded in the stretch, by day and by the state that they have now, in the order of <see cref="DocumentStates.All"/>.</param>
/// <param name="Failures">Kinds of failure of all failed documents, the most frequent first.</param>
/// <param name="Times">How long processing took in the stretch.</param>
/// <param name="Storage">Bytes by type of file, the largest first.</param>
/// <param name="Talk">Sessions begun and messages said, by day.</param>
/// <param name="Active">Users active in the stretch.</param>
public sealed record TenantOverview(
    OverviewFigures<IReadOnlyDictionary<string, long>> States,
    OverviewFigures<IReadOnlyList<ChartPoint>> Uploads,
    OverviewFigures<IReadOnlyList<(FailureWords Kind, long Count)>> Failures,
    OverviewFigures<ProcessingTimes> Times,
    OverviewFigures<IReadOnlyList<(string Type, long Count, long Bytes)>> Storage,
    OverviewFigures<IReadOnlyList<ChartPoint>> Talk,
    OverviewFigures<ActiveUsers> Active);
