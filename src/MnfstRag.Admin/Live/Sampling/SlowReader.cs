using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Live.Sampling;

/// <summary>A reader that runs less often than every tick.</summary>
/// <param name="Reader">What is run.</param>
/// <param name="Interval">Time between two runs, whether somebody watches (true) or not.</param>
internal sealed record SlowReader(IReader Reader, Func<SamplerOptions, bool, TimeSpan> Interval);
