using System.Collections.Immutable;

namespace MnfstRag.Postgres.Watching;

/// <summary>Every foreign key of the connected database.</summary>
/// <param name="All">In no order.</param>
public sealed record ForeignKeys(ImmutableArray<ForeignKey> All);
