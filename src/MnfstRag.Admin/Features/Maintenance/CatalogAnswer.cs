using MnfstRag.Postgres.Maintaining;

namespace MnfstRag.Admin.Features.Maintenance;

/// <summary>The server's list, or why there is none.</summary>
/// <param name="Catalog">The list; null when it could not be read.</param>
/// <param name="Fault">Why not, in words; null when it could.</param>
/// <param name="Grant">A script that helps; null where none does.</param>
public sealed record CatalogAnswer(MaintenanceCatalog? Catalog, string? Fault, string? Grant);
