using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Npgsql;

namespace MnfstRag.Postgres.Watching;

/// <summary>
/// Puts indexes together from the rows of <see cref="IndexReader"/>: names of columns, operator classes and collations come once and
/// are shared, as tens of thousands of indexes have few different ones.
/// </summary>
internal sealed class IndexBuilder(string methods, string classes, string collations)
{
    private const short Descending = 1, NullsFirst = 2;

    private readonly Dictionary<uint, string> _methods = JsonSerializer.Deserialize<Dictionary<uint, string>>(methods)!;
    private readonly Dictionary<uint, string> _classes = JsonSerializer.Deserialize<Dictionary<uint, string>>(classes)!;
    /// <summary>oid of the collation "default": what an expression has unless one was named in it, which the catalog does not tell.</summary>
    private const uint DefaultCollation = 100;

    private readonly Dictionary<uint, string> _collations = JsonSerializer.Deserialize<Dictionary<uint, string>>(collations)!;
    private readonly Dictionary<string, string> _shared = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ImmutableArray<uint>> _vectors = new(StringComparer.Ordinal);
    private readonly Dictionary<IndexKey, IndexKey> _keys = [];
    private readonly Dictionary<uint, Dictionary<uint, IndexColumn>> _columns = [];
    private readonly List<RawIndex> _rows = [];

    public int LeftOut { get; private set; }

    /// <summary>Takes the current row.</summary>
    public void Add(NpgsqlDataReader rows)
    {
        var table = rows.GetFieldValue<uint>(11);
        if (!rows.IsDBNull(20))
        {
            _columns[table] = rows.GetFieldValue<string[]>(20).Select(IndexColumn.Parse).ToDictionary(column => column.Number);
        }

        if (rows.GetBoolean(13))
        {
            LeftOut++;
            return;
        }

        var predicate = rows.OptionalText(23);
        var expressions = rows.IsDBNull(21) ? null : rows.GetFieldValue<string?[]>(21);
        if ((rows.GetBoolean(22) && predicate is null) || expressions?.Contains(null) == true)
        {
            // Dropped since the statement began.
            return;
        }

        var bytes = rows.OptionalInt64(37);
        var index = new DatabaseIndex
        {
            Oid = rows.GetFieldValue<uint>(7),
            Schema = Shared(rows.GetString(8)),
            Table = Shared(rows.GetString(9)),
            Name = rows.GetString(10),
            TableOid = table,
            IsPartitioned = rows.GetBoolean(12),
            Method = _methods.GetValueOrDefault(rows.GetFieldValue<uint>(14), "unknown"),
            Keys = [],
            Included = [],
            Predicate = predicate,
            Options = rows.IsDBNull(24) ? [] : [.. rows.GetFieldValue<string[]>(24)],
            IsUnique = rows.GetBoolean(25),
            NullsNotDistinct = rows.GetBoolean(26),
            IsPrimary = rows.GetBoolean(27),
            IsExclusion = rows.GetBoolean(28),
            IsReplicaIdentity = rows.GetBoolean(29),
            IsValid = rows.GetBoolean(30),
            IsReady = rows.GetBoolean(31),
            IsLive = rows.GetBoolean(32),
            Constraint = rows.OptionalText(33),
            IsDeferrable = rows.GetBoolean(34),
            IsBeingBuilt = rows.GetBoolean(35),
            Parent = rows.IsDBNull(36) ? null : rows.GetFieldValue<uint>(36),
            Partitions = 0,
            Bytes = bytes ?? rows.GetInt64(38),
            IsMeasured = bytes is not null || rows.GetBoolean(12),
            Scans = rows.GetInt64(39),
            TuplesRead = rows.GetInt64(40),
            TuplesFetched = rows.GetInt64(41),
            LastScan = rows.OptionalTime(42),
            CreatedAt = rows.OptionalTime(43),
            TableRows = rows.GetDouble(44) is var tuples and >= 0 ? tuples : null,
            TableBytes = rows.GetInt64(45),
        };
        _rows.Add(new RawIndex(
            index,
            rows.GetInt16(15),
            Vector(rows.GetString(16)),
            Vector(rows.GetString(17)),
            Vector(rows.GetString(18)),
            Vector(rows.GetString(19)),
            expressions));
    }

    /// <summary>All of them, once the last row is taken.</summary>
    public ImmutableArray<DatabaseIndex> Build() => IndexFamilies.WithSums(_rows.Select(Build));

    private DatabaseIndex Build(RawIndex raw)
    {
        var columns = _columns[raw.Index.TableOid];
        var keys = ImmutableArray.CreateBuilder<IndexKey>(raw.Keys);
        for (var position = 0; position < raw.Keys; position++)
        {
            keys.Add(Key(raw, position, columns));
        }

        return raw.Index with
        {
            Keys = keys.MoveToImmutable(),
            Included = [.. Enumerable.Range(raw.Keys, raw.Columns.Length - raw.Keys).Select(position => Text(raw, position, columns).Text)],
        };
    }

    private IndexKey Key(RawIndex raw, int position, Dictionary<uint, IndexColumn> columns)
    {
        var (text, column) = Text(raw, position, columns);
        var operators = _classes.GetValueOrDefault(raw.Classes[position], "-unknown");
        var collation = raw.Collations[position];
        var options = raw.Options[position];
        var key = new IndexKey(
            text,
            column?.Name,
            Shared(operators[1..]),
            operators[0] == '+',
            collation == 0 || collation == (column?.Collation ?? DefaultCollation) ? null : _collations.GetValueOrDefault(collation, "unknown"),
            (options & Descending) != 0,
            (options & NullsFirst) != 0);
        if (_keys.TryGetValue(key, out var same))
        {
            return same;
        }

        return _keys[key] = key;
    }

    private (string Text, IndexColumn? Column) Text(RawIndex raw, int position, Dictionary<uint, IndexColumn> columns) =>
        raw.Columns[position] == 0 ? (raw.Expressions![position]!, null)
        : columns.TryGetValue(raw.Columns[position], out var column) ? (Shared(SqlName.Of(column.Name)), column)
        : (string.Create(CultureInfo.InvariantCulture, $"column {raw.Columns[position]}"), null);

    private string Shared(string text) => _shared.TryGetValue(text, out var same) ? same : _shared[text] = text;

    private ImmutableArray<uint> Vector(string text) => _vectors.TryGetValue(text, out var same)
        ? same
        : _vectors[text] = [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(number => uint.Parse(number, CultureInfo.InvariantCulture))];

    private sealed record RawIndex(
        DatabaseIndex Index,
        int Keys,
        ImmutableArray<uint> Columns,
        ImmutableArray<uint> Classes,
        ImmutableArray<uint> Collations,
        ImmutableArray<uint> Options,
        string?[]? Expressions);
}
