using MnfstRag.Postgres.Advising;

namespace MnfstRag.Admin.Features.Server;

/// <summary>What the page shows.</summary>
/// <param name="All">Every panel: what is missing first, else in the order of the pages.</param>
public sealed record CapabilitiesView(IReadOnlyList<Availability> All);
