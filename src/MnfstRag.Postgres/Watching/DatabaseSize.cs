namespace MnfstRag.Postgres.Watching;

/// <summary>How large a database is.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Oid">oid: another database of the same name has another.</param>
/// <param name="Bytes">On disk.</param>
public sealed record DatabaseSize(string Name, uint Oid, long Bytes);
