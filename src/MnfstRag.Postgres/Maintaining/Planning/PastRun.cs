namespace MnfstRag.Postgres.Maintaining;

/// <summary>A finished run of the past on the same server, from which durations are estimated.</summary>
/// <param name="Kind"><see cref="MaintenanceOperation.Kind"/>.</param>
/// <param name="Bytes"><see cref="PlanSize.TableBytes"/> and <see cref="PlanSize.IndexBytes"/> of its plan together.</param>
/// <param name="Duration">How long its steps took.</param>
/// <param name="SameObject">It was on the very same object.</param>
public sealed record PastRun(string Kind, long Bytes, TimeSpan Duration, bool SameObject = false);
