using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Live.Hosts;

/// <summary>What a replica read in the primary's stead.</summary>
/// <param name="Reading">What it brought; a fault where it did not.</param>
/// <param name="Readers">Who was to be run.</param>
/// <param name="At">Our clock.</param>
/// <param name="Host">The replica.</param>
internal sealed record ReplicaReading(ServerReading Reading, IReadOnlyList<IReader> Readers, DateTimeOffset At, DatabaseHost Host);
