using System.Globalization;
using static System.FormattableString;

namespace MnfstRag.Postgres.Watching;

/// <summary>What a lock is on, by the columns of <c>pg_locks</c>.</summary>
internal sealed record LockTarget(
    string Type,
    long? Relation,
    string? RelationName,
    string? Database,
    int? Page,
    int? Tuple,
    string? VirtualTransaction,
    string? Transaction,
    string? Catalog,
    long? ClassId,
    long? ObjectId,
    int? ObjectSubId)
{
    /// <summary>The relation, schema-qualified and quoted; by number where it lies in another database than the connected one.</summary>
    public string RelationWords => RelationName ?? Invariant(
        $"relation {Relation}{(Database is null ? "" : $" of database {Database}")}");

    /// <summary>The thing in words.</summary>
    public string Words => Type switch
    {
        "relation" => RelationWords,
        "extend" => $"the extension of {RelationWords}",
        "page" => Invariant($"page {Page} of {RelationWords}"),
        "tuple" => Invariant($"tuple ({Page},{Tuple}) of {RelationWords}"),
        "transactionid" => $"transaction {Transaction}",
        "virtualxid" => $"virtual transaction {VirtualTransaction}",
        "object" => Invariant($"object {ObjectId} of {Catalog}{(Database is null ? "" : $" in database {Database}")}"),
        "advisory" => $"advisory lock {AdvisoryKey}",
        _ => $"{Type} {(Relation is null ? Transaction ?? VirtualTransaction : RelationWords)}".TrimEnd(),
    };

    /// <summary>One bigint key as it was given (objsubid 1), or the pair of integers (objsubid 2).</summary>
    private string AdvisoryKey => ObjectSubId == 1
        ? (((ClassId ?? 0) << 32) | (ObjectId ?? 0)).ToString(CultureInfo.InvariantCulture)
        : Invariant($"({unchecked((int)(ClassId ?? 0))}, {unchecked((int)(ObjectId ?? 0))})");
}
