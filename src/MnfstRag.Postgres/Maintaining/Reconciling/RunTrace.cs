using System.Collections.Immutable;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>What was written down of a run whose end nobody saw.</summary>
/// <param name="Run">The run.</param>
/// <param name="Plan">Its plan.</param>
/// <param name="Starts">Every attempt that was stored before it was sent.</param>
/// <param name="Ends">Every step whose end was stored.</param>
public sealed record RunTrace(Guid Run, MaintenancePlan Plan, ImmutableArray<StepStart> Starts, ImmutableArray<StepEnd> Ends);
