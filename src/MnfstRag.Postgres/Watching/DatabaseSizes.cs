using System.Collections.Immutable;

namespace MnfstRag.Postgres.Watching;

/// <summary>How large the server's databases are.</summary>
/// <param name="ServerTime">The server's clock.</param>
/// <param name="Current">Bytes of the connected database.</param>
/// <param name="All">Every database that the role may measure.</param>
public sealed record DatabaseSizes(DateTimeOffset ServerTime, long Current, ImmutableArray<DatabaseSize> All);
