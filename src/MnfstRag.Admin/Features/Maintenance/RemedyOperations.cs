using MnfstRag.Admin.Live;
using MnfstRag.Postgres.Advising;
using MnfstRag.Postgres.Maintaining;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Features.Maintenance;

/// <summary>Which operation mends what a finding tells of. Objects come from the server's own lists as they were read, never from words.</summary>
public static class RemedyOperations
{
    /// <summary>Longest name that PostgreSQL keeps, in bytes.</summary>
    private const int LongestName = 63;

    private const string EnglishText = "to_tsvector('english', ";
    private const string Downwards = " DESC";

    /// <summary>Null where none does, or where the reading that names the object is not there.</summary>
    public static MaintenanceOperation? Of(Finding finding, EnvironmentSnapshot snapshot) => finding.Rule switch
    {
        "index.recommended" => Recommended(finding, snapshot),
        "index.invalid" => Index(finding, snapshot) is { } index ? new RepairLeftover(Targets.Of(index), Rebuild: IndexLeftover.Of(index.Name, index.IsValid, index.IsBeingBuilt) == IndexLeftoverKind.Invalid) : null,
        "index.duplicate" or "index.covered" or "index.unused" => Index(finding, snapshot) is { Constraint: null } index && finding.Sql is not null ? new DropIndex(Targets.Of(index)) : null,
        "index.bloat" => Index(finding, snapshot) is { } index ? new ReindexIndex(Targets.Of(index)) : null,
        "index.foreign-key" => ForeignKey(finding, snapshot),
        "table.dead-rows" => Table(finding, snapshot) is { } table ? new VacuumTable(Targets.Of(table)) { Analyze = true } : null,
        "table.never-analysed" => Table(finding, snapshot) is { } table ? new AnalyzeTable(Targets.Of(table)) : null,
        "table.bloat" => Table(finding, snapshot) is { } table ? new VacuumTable(Targets.Of(table)) { Full = true, Analyze = true } : null,
        "wraparound.table" => Table(finding, snapshot) is { } table ? new VacuumTable(Targets.Of(table)) { Freeze = true } : null,
        _ => null,
    };

    /// <summary>One name for a new index, from its table and columns, cut to what PostgreSQL keeps.</summary>
    public static string NameOf(string table, IEnumerable<string> columns)
    {
        var name = $"idx_{table}_{string.Join('_', columns)}";
        while (System.Text.Encoding.UTF8.GetByteCount(name) > LongestName)
        {
            name = name[..^1];
        }

        return name;
    }

    private static CreateIndex? Recommended(Finding finding, EnvironmentSnapshot snapshot) =>
        snapshot.Slow.Of(IndexReader.Instance)?.Value is { } reading
        && RecommendedIndexes.Of(reading).FirstOrDefault(one => one.Sql is not null && finding.Key == $"index.recommended:{one.Table}.{one.Name}") is { } wanted
        && reading.Indexes.FirstOrDefault(one => one.QualifiedTable == wanted.Table) is { } beside
            ? new CreateIndex(TableOf(reading, beside.TableOid, beside.Schema, beside.Table), wanted.Name, Recommended(wanted.Covers))
            : null;

    /// <summary>"tenant_id, created_at DESC", or "to_tsvector('english', content)", as the strategy writes them.</summary>
    private static IndexDefinition Recommended(string covers) => covers.StartsWith(EnglishText, StringComparison.Ordinal)
        ? new IndexDefinition([new IndexPart(covers[EnglishText.Length..].TrimEnd(')'), Kind: IndexPartKind.EnglishText)]) { Method = IndexMethod.Gin }
        : new IndexDefinition([.. covers.Split(", ").Select(key => key.EndsWith(Downwards, StringComparison.Ordinal) ? new IndexPart(key[..^Downwards.Length], Descending: true) : new IndexPart(key))]);

    private static CreateIndex? ForeignKey(Finding finding, EnvironmentSnapshot snapshot) =>
        snapshot.Slow.Of(IndexReader.Instance)?.Value is { } reading
        && snapshot.Slow.Of(ForeignKeyReader.Instance)?.Value.All.FirstOrDefault(one => finding.Key == $"index.foreign-key:{SqlName.Of(one.Schema, one.Table)}.{SqlName.Of(one.Name)}") is { } key
            ? new CreateIndex(TableOf(reading, key.TableOid, key.Schema, key.Table), NameOf(key.Table, key.Columns), new IndexDefinition([.. key.Columns.Select(column => new IndexPart(column))]))
            : null;

    /// <summary>A table by what its indexes tell, which are read before tables: only a partitioned one has partitioned indexes.</summary>
    private static MaintenanceTarget TableOf(IndexReading reading, uint oid, string schema, string name) => new(
        oid, schema, name, reading.Indexes.Any(index => index.TableOid == oid && index.IsPartitioned) ? MaintenanceTargetKind.PartitionedTable : MaintenanceTargetKind.Table);

    private static DatabaseIndex? Index(Finding finding, EnvironmentSnapshot snapshot) =>
        snapshot.Slow.Of(IndexReader.Instance)?.Value.Indexes.FirstOrDefault(one => one.QualifiedName == Subject(finding));

    private static DatabaseTable? Table(Finding finding, EnvironmentSnapshot snapshot) =>
        snapshot.Slow.Of(TableReader.Instance)?.Value.Tables.FirstOrDefault(one => one.QualifiedName == Subject(finding));

    private static string Subject(Finding finding) => finding.Key[Math.Min(finding.Key.Length, finding.Rule.Length + 1)..];
}
