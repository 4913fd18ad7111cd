namespace MnfstRag.Postgres.Checking;

/// <summary>How large the database is (<c>pg_database_size</c>), in bytes.</summary>
/// <param name="Bytes">All of it: tables, indexes, everything in its tablespaces.</param>
internal sealed record SizeFacts(long Bytes);
