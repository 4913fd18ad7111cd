using MnfstRag.Postgres.Advising;
using MnfstRag.Postgres.Maintaining;

namespace MnfstRag.Admin.Features.Maintenance;

/// <summary>A finding and what mends it.</summary>
public sealed record Remedy(Finding Finding, MaintenanceOperation Operation);
