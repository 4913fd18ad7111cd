namespace MnfstRag.Postgres.Maintaining;

/// <summary>One index at one moment, from <c>pg_index</c> and <c>pg_class</c>.</summary>
/// <param name="Oid">Its oid.</param>
/// <param name="Schema">Schema, as the catalog has it.</param>
/// <param name="Name">Name, as the catalog has it.</param>
/// <param name="Table">oid of its table.</param>
/// <param name="IsValid">Queries may use it.</param>
/// <param name="IsReady">Inserts maintain it.</param>
/// <param name="File">relfilenode; 0 for a partitioned index.</param>
/// <param name="Bytes">Size in bytes; null where it could not be measured without waiting.</param>
/// <param name="Parent">The partitioned index that it is a part of; null when it stands alone.</param>
public sealed record IndexFacts(uint Oid, string Schema, string Name, uint Table, bool IsValid, bool IsReady, uint File, long? Bytes, uint? Parent)
{
    /// <summary>How much of it is empty; null where it was not reckoned, or cannot be.</summary>
    public EmptySpace? Empty { get; init; }
}
