using System.Collections.Immutable;

namespace MnfstRag.Postgres.Watching;

/// <summary>How large the server's databases are.</summary>
/// <param name="ServerTime">The server's clock.</param>
/// <param name="Current">Bytes of the connected database.</param>
/// <param name="Bytes">Of each database that the role may measure, by name.</param>
public sealed record DatabaseSizes(DateTimeOffset ServerTime, long Current, ImmutableSortedDictionary<string, long> Bytes);
