using System.Collections.Frozen;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>Tables with all their partitions, and every index of them (those of their TOAST tables too).</summary>
internal sealed class Relations(IReadOnlyList<RelationFacts> tables, IReadOnlyList<IndexRow> indexes)
{
    private readonly FrozenDictionary<uint, RelationFacts> _tables = tables.ToFrozenDictionary(table => table.Oid);
    private readonly ILookup<uint?, RelationFacts> _partitions = tables.Where(table => table.Parent is not null).ToLookup(table => table.Parent);
    private readonly ILookup<uint, IndexRow> _indexes = indexes.ToLookup(index => index.Facts.Table);
    private readonly FrozenDictionary<uint, IndexRow> _byOid = indexes.ToFrozenDictionary(index => index.Facts.Oid);

    public IEnumerable<RelationFacts> Tables => _tables.Values;

    public RelationFacts? Table(uint oid) => _tables.GetValueOrDefault(oid);

    public IndexRow? Index(uint oid) => _byOid.GetValueOrDefault(oid);

    /// <summary>Partitions one level down, by name.</summary>
    public IEnumerable<RelationFacts> Partitions(uint table) => _partitions[table].OrderBy(one => one.Schema, StringComparer.Ordinal).ThenBy(one => one.Name, StringComparer.Ordinal);

    /// <summary>Tables with storage below a partitioned one; the table itself where it has storage.</summary>
    public IEnumerable<RelationFacts> Leaves(RelationFacts table) => table.IsPartitioned ? Partitions(table.Oid).SelectMany(Leaves) : [table];

    /// <summary>The table and all below it.</summary>
    public IEnumerable<RelationFacts> Tree(RelationFacts table) => Partitions(table.Oid).SelectMany(Tree).Prepend(table);

    /// <summary>Indexes of one table alone, by name.</summary>
    public IEnumerable<IndexRow> IndexesOf(uint table) => _indexes[table].OrderBy(index => index.Facts.Name, StringComparer.Ordinal);

    /// <summary>Indexes of one table and of its TOAST table.</summary>
    public IEnumerable<IndexRow> AllIndexesOf(RelationFacts table) => table.Toast == 0 ? IndexesOf(table.Oid) : IndexesOf(table.Oid).Concat(IndexesOf(table.Toast));

    /// <summary>Parts of a partitioned index, one level down.</summary>
    public IEnumerable<IndexRow> Parts(uint index) => _byOid.Values.Where(one => one.Facts.Parent == index).OrderBy(one => one.Facts.Name, StringComparer.Ordinal);

    /// <summary>Indexes with storage below a partitioned one; the index itself where it has storage.</summary>
    public IEnumerable<IndexRow> LeafParts(IndexRow index) => index.IsPartitioned ? Parts(index.Facts.Oid).SelectMany(LeafParts) : [index];
}
