using System.Collections.Immutable;

namespace MnfstRag.Postgres.Watching;

/// <summary>Every database of the server, by name.</summary>
/// <param name="ServerTime">The server's clock.</param>
/// <param name="Databases">Templates included.</param>
public sealed record DatabasesReading(DateTimeOffset ServerTime, ImmutableArray<DatabaseUse> Databases);
