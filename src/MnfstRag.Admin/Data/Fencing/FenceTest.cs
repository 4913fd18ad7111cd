using MnfstRag.Postgres.Fencing;

namespace MnfstRag.Admin.Data.Fencing;

/// <summary>A self-test of an environment's fence.</summary>
/// <param name="EnvironmentId">Where.</param>
/// <param name="At">When it began.</param>
/// <param name="By">Who asked for it; null for the nightly one.</param>
/// <param name="Verdict">What it proved.</param>
/// <param name="Words">The same for a person.</param>
/// <param name="Attempts">Each attempt with its evidence.</param>
public sealed record FenceTest(Guid EnvironmentId, DateTimeOffset At, string? By, FenceVerdict Verdict, string Words, IReadOnlyList<FenceAttempt> Attempts);
