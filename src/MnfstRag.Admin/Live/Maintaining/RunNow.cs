using MnfstRag.Postgres.Maintaining;

namespace MnfstRag.Admin.Live.Maintaining;

/// <summary>A run that has not ended, or ended a moment ago, and how far it is.</summary>
/// <param name="Run">The run.</param>
/// <param name="Progress">How far; null before its first step, and after its last.</param>
public sealed record RunNow(RunSummary Run, MaintenanceProgress? Progress);
