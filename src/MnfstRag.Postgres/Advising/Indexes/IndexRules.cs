using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Advising;

/// <summary>Rules about the indexes of a database. Judged once for each reading; a name in a finding is quoted as SQL wants it.</summary>
public static partial class IndexRules
{
    private const string Manual = "https://www.postgresql.org/docs/current/";
    private static readonly ConditionalWeakTable<IndexReading, IReadOnlyList<Finding>> Judged = [];

    /// <summary>All findings about indexes; none before they were read.</summary>
    public static IEnumerable<Finding> All(ServerView view) => view.Slow.Of(IndexReader.Instance) is { } held
        ? Judged.GetValue(held.Value, reading => [.. Of(reading, view.Slow.Of(ForeignKeyReader.Instance)?.Value, view.Thresholds.Indexes, view.QuietIndexes, ReplicaUse.Of(view)).Select(finding => finding with { AsOf = held.ReadAt })])
        : [];

    /// <summary>The rules themselves. Without <paramref name="keys"/> what an index may mean to a foreign key is not known, and nothing is called unused.</summary>
    /// <param name="reading">The primary's indexes.</param>
    /// <param name="keys">Foreign keys; null where they are not known.</param>
    /// <param name="thresholds">From when on it matters.</param>
    /// <param name="quiet">Since when history has seen no scan, by qualified name.</param>
    /// <param name="replicas">What all replicas together use; null where that is not known, and then nothing is called unused while there are any.</param>
    public static IEnumerable<Finding> Of(IndexReading reading, ForeignKeys? keys, IndexThresholds thresholds, IReadOnlyDictionary<string, DateTimeOffset>? quiet = null, ReplicaUse? replicas = null)
    {
        var usable = reading.Indexes.Where(index => index is { IsValid: true, IsReady: true, IsLive: true, IsBeingBuilt: false, Parent: null }).ToList();
        var byTable = usable.GroupBy(index => index.TableOid).ToDictionary(group => group.Key, group => group.OrderBy(Worth).ThenBy(index => index.Name, StringComparer.Ordinal).ToList());
        var superfluous = byTable.Values.SelectMany(indexes => Superfluous(indexes, keys, thresholds)).ToList();
        var named = superfluous.Select(finding => finding.Object).ToHashSet(StringComparer.Ordinal);
        return reading.Indexes.Select(Invalid).OfType<Finding>()
            .Concat(superfluous)
            .Concat(Unused(reading, usable, keys, thresholds, quiet, replicas).Where(finding => !named.Contains(finding.Object)))
            .Concat(RecommendedIndexes.Findings(reading))
            .Concat(keys is null ? [] : keys.All.Select(key => Unindexed(key, byTable.GetValueOrDefault(key.TableOid) ?? [], reading)).OfType<Finding>());
    }

    /// <summary>Not valid, and nobody is building it.</summary>
    private static Finding? Invalid(DatabaseIndex index)
    {
        if (index.IsValid || index.IsBeingBuilt || !index.IsLive || (index.Parent is not null && index.IsReady))
        {
            return null;
        }

        if (index.IsPartitioned)
        {
            return new Finding(
                $"index.incomplete:{index.QualifiedName}",
                FindingLevel.Notice,
                "A partitioned index is not complete",
                index.QualifiedName,
                $"{index.QualifiedName} has {Plain.Count(index.Partitions, "part")}; at least one partition of {index.QualifiedTable} has none. Queries on that partition go without it.",
                "Create the index on each partition that lacks it, and attach it: ALTER INDEX … ATTACH PARTITION.")
            {
                Documentation = Manual + "ddl-partitioning.html",
            };
        }

        var leftover = Leftover().Match(index.Name);
        return new Finding(
            $"index.invalid:{index.QualifiedName}",
            FindingLevel.Warning,
            leftover.Success ? "An index was left over by a rebuild" : "An index is not valid",
            index.QualifiedName,
            $"No query uses {index.QualifiedName} on {index.QualifiedTable} ({Bytes(index.Bytes)}){(index.IsReady ? ", and every write still maintains it" : "")}. "
            + (leftover is { Success: true } left
                ? left.Groups["which"].Value == "new" ? "REINDEX CONCURRENTLY did not finish: the old index is in force." : "REINDEX CONCURRENTLY finished, and could not drop the old index."
                : "Its CREATE INDEX CONCURRENTLY or REINDEX CONCURRENTLY failed."),
            leftover.Success ? "Drop it; the other one of that name serves." : "Drop it and create it again, or rebuild it. CREATE INDEX IF NOT EXISTS would leave it as it is.")
        {
            Sql = $"DROP INDEX CONCURRENTLY {index.QualifiedName};",
            Documentation = Manual + "sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY",
        };
    }

    /// <summary>Each index that another one of its table makes superfluous; the more valuable come first and are never the ones to go.</summary>
    private static IEnumerable<Finding> Superfluous(List<DatabaseIndex> indexes, ForeignKeys? keys, IndexThresholds thresholds)
    {
        for (var at = 0; at < indexes.Count; at++)
        {
            var index = indexes[at];
            if (index.IsReplicaIdentity || index.IsExclusion || index.IsPrimary)
            {
                continue;
            }

            if (indexes.Take(at).FirstOrDefault(other => SameAs(index, other)) is { } twin && (!index.Enforces || twin is { IsUnique: true, IsDeferrable: false }))
            {
                yield return Duplicate(index, twin, keys, thresholds);
            }
            else if (!index.Enforces && indexes.Find(other => other != index && Covers(other, index)) is { } wider)
            {
                yield return Covered(index, wider, thresholds);
            }
        }
    }

    private static Finding Duplicate(DatabaseIndex index, DatabaseIndex twin, ForeignKeys? keys, IndexThresholds thresholds)
    {
        var relied = keys?.All.FirstOrDefault(key => key.TargetIndexOid == index.Oid);
        return new Finding(
            $"index.duplicate:{index.QualifiedName}",
            Level(index, thresholds),
            twin.IsPrimary ? "An index repeats the primary key" : "Two indexes are the same",
            index.QualifiedName,
            $"{index.QualifiedName} is {twin.QualifiedName} once more: {index.Method} ({string.Join(", ", index.Keys)}) on {index.QualifiedTable}. It takes {Bytes(index.Bytes)}, and every write maintains both.",
            relied is not null
                ? $"The foreign key {relied.Name} of {SqlName.Of(relied.Schema, relied.Table)} relies on it: make that one anew first, then drop this."
                : index.Constraint is null ? "Drop it: the other one does all that it does." : "Drop its constraint: the other index enforces the same.")
        {
            Sql = relied is not null ? null : Drop(index),
            Documentation = Manual + "indexes-unique.html",
        };
    }

    private static Finding Covered(DatabaseIndex index, DatabaseIndex wider, IndexThresholds thresholds) => new(
        $"index.covered:{index.QualifiedName}",
        Level(index, thresholds),
        "An index is the beginning of another",
        index.QualifiedName,
        $"{index.QualifiedName} ({string.Join(", ", index.Keys)}) is the beginning of {wider.QualifiedName} ({string.Join(", ", wider.Keys)}) on {index.QualifiedTable}. It takes {Bytes(index.Bytes)}; "
        + $"it was scanned {index.Scans.ToString("N0", CultureInfo.InvariantCulture)} times since statistics began.",
        $"What it is scanned for, {wider.QualifiedName} can do{(wider.Bytes > 3 * index.Bytes ? ", a little slower: it is much larger. Keep both if that matters" : "")}.")
    {
        Sql = Drop(index),
        Documentation = Manual + "indexes-multicolumn.html",
    };

    /// <summary>
    /// Silent unless it is known for how long nobody used it, and by standbys neither: use on any of them is use. The age is that of the
    /// statistics, or else how long history has seen no scan: a database whose statistics were never reset does not say when they began.
    /// </summary>
    private static IEnumerable<Finding> Unused(
        IndexReading reading, List<DatabaseIndex> usable, ForeignKeys? keys, IndexThresholds thresholds, IReadOnlyDictionary<string, DateTimeOffset>? quiet, ReplicaUse? replicas)
    {
        var seen = reading.Replicas is 0 || (reading.Replicas is { } count && replicas?.Hosts >= count && replicas.Age >= thresholds.UnusedAge);
        if (keys is null || !seen)
        {
            yield break;
        }

        var counted = reading.StatsReset is { } reset && reading.ServerTime - reset >= thresholds.UnusedAge ? reset : (DateTimeOffset?)null;
        foreach (var index in usable)
        {
            if ((counted ?? (quiet is not null && quiet.TryGetValue(index.QualifiedName, out var watched) ? watched : null)) is not { } since || reading.ServerTime - since < thresholds.UnusedAge)
            {
                continue;
            }

            if (index.Scans > 0 || replicas?.Used.Contains(index.Oid) == true || index.Enforces || index.IsReplicaIdentity || index.Bytes < thresholds.UnusedBytes
                || index.CreatedAt > reading.ServerTime - thresholds.UnusedAge
                || keys.All.Any(key => key.TableOid == index.TableOid && Serves(index, key)))
            {
                continue;
            }

            yield return new Finding(
                $"index.unused:{index.QualifiedName}",
                index.Bytes >= thresholds.LargeBytes && index.CreatedAt is not null ? FindingLevel.Warning : FindingLevel.Notice,
                "Nobody uses an index",
                index.QualifiedName,
                $"{index.QualifiedName} on {index.QualifiedTable} ({Bytes(index.Bytes)}) was not scanned once since {since.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}, {Plain.Duration(reading.ServerTime - since)} ago."
                + (counted is null ? " So long the dashboard has watched it; the server does not say since when it counts." : "")
                + (replicas is { Hosts: > 0 } ? $" The same holds on {Plain.Count(replicas.Hosts, "replica")}." : "")
                + (index.CreatedAt is null ? " The server does not tell when it was created: it may be younger." : ""),
                "If no yearly job needs it, drop it; its definition is on the page of indexes, should it be wanted again.")
            {
                Sql = Drop(index),
                Documentation = Manual + "monitoring-stats.html#MONITORING-PG-STAT-ALL-INDEXES-VIEW",
            };
        }
    }

    private static Finding? Unindexed(ForeignKey key, List<DatabaseIndex> indexes, IndexReading reading)
    {
        if (indexes.Exists(index => Serves(index, key)))
        {
            return null;
        }

        var table = SqlName.Of(key.Schema, key.Table);
        var columns = string.Join(", ", key.Columns.Select(SqlName.Of));
        var rows = reading.Indexes.FirstOrDefault(index => index.TableOid == key.TableOid)?.TableRows;
        return new Finding(
            $"index.foreign-key:{table}.{SqlName.Of(key.Name)}",
            FindingLevel.Notice,
            "A foreign key has no index",
            table,
            $"{SqlName.Of(key.Name)} of {table} ({columns}) refers to {key.Target}. A DELETE or a change of the key there reads all of {table}{(rows is > 0 and var count ? $", about {count.ToString("N0", CultureInfo.InvariantCulture)} rows" : "")}, and holds a lock meanwhile.",
            "Create one, unless nothing is ever deleted there.")
        {
            Sql = $"CREATE INDEX CONCURRENTLY ON {table} ({columns});",
            Documentation = Manual + "ddl-constraints.html#DDL-CONSTRAINTS-FK",
        };
    }

    /// <summary>It finds the rows of a foreign key: its first keys are the key's columns, in any order, and it covers all rows.</summary>
    private static bool Serves(DatabaseIndex index, ForeignKey key) =>
        index is { Predicate: null, Method: "btree" } && index.Keys.Length >= key.Columns.Length
        && index.Keys.Take(key.Columns.Length).Select(one => one.Column).ToHashSet(StringComparer.Ordinal).SetEquals(key.Columns);

    /// <summary>The same method, keys, included columns, condition and treatment of NULLs.</summary>
    private static bool SameAs(DatabaseIndex one, DatabaseIndex other) =>
        one.Method == other.Method && one.Predicate == other.Predicate && one.NullsNotDistinct == other.NullsNotDistinct
        && one.IsPartitioned == other.IsPartitioned && one.Keys.SequenceEqual(other.Keys) && one.Included.ToHashSet(StringComparer.Ordinal).SetEquals(other.Included);

    /// <summary><paramref name="narrow"/> is the beginning of <paramref name="wide"/>, which carries all that it includes.</summary>
    private static bool Covers(DatabaseIndex wide, DatabaseIndex narrow) =>
        wide.Method == "btree" && narrow.Method == "btree" && wide.Predicate == narrow.Predicate && wide.IsPartitioned == narrow.IsPartitioned
        && wide.Keys.Length > narrow.Keys.Length && wide.Keys.Take(narrow.Keys.Length).SequenceEqual(narrow.Keys)
        && narrow.Included.All(column => wide.Included.Contains(column) || wide.Keys.Any(key => key.Text == column));

    /// <summary>Which of two equal ones stays: the lower.</summary>
    private static int Worth(DatabaseIndex index) => index switch
    {
        { IsPrimary: true } => 0,
        { IsReplicaIdentity: true } => 1,
        { Constraint: not null, IsDeferrable: false } => 2,
        { IsUnique: true, IsDeferrable: false } => 3,
        { Enforces: true } => 4,
        _ => 5,
    };

    private static FindingLevel Level(DatabaseIndex index, IndexThresholds thresholds) =>
        index.Bytes >= thresholds.LargeBytes ? FindingLevel.Warning : FindingLevel.Notice;

    private static string Drop(DatabaseIndex index) => index switch
    {
        { Constraint: { } constraint } => $"ALTER TABLE {index.QualifiedTable} DROP CONSTRAINT {SqlName.Of(constraint)};",
        { IsPartitioned: true } => $"DROP INDEX {index.QualifiedName};",
        _ => $"DROP INDEX CONCURRENTLY {index.QualifiedName};",
    };

    private static string Bytes(long bytes) => bytes switch
    {
        < 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0} kB"),
        < 1024L * 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:0.#} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1073741824.0:0.##} GB"),
    };

    [GeneratedRegex("_cc(?<which>new|old)[0-9]*$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Leftover();
}
