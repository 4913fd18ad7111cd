using MnfstRag.Admin.Components;
using MnfstRag.Admin.Components.Grids;
using MnfstRag.Admin.Live;
using MnfstRag.Postgres.Advising;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Features.Tables;

/// <summary>What the tables take, how they grow, and whether vacuum keeps up with them.</summary>
public sealed partial class TablesPage(TablesService tables)
{
    private static readonly string[] TableRules = ["table.", "sequence.", "wraparound.", "horizon."];

    private (Guid, TimeRangeKey)? _asked;
    private TableGrowth? _growth;
    private TransactionPace? _pace;

    private bool IsFiltered => Url[GridUrl.Find] is not null || Url[GridUrl.Only] is not null;

    /// <summary>Another filter or order begins at the first row again.</summary>
    private string GridKey => Url.With(TablesView.OpenParameter, null).ToString();

    /// <inheritdoc />
    protected override IAsyncEnumerable<EnvironmentSnapshot?> WatchAsync(string environment, CancellationToken cancellationToken) =>
        tables.WatchAsync(environment, cancellationToken);

    /// <inheritdoc />
    protected override object? Reading(EnvironmentSnapshot snapshot) =>
        (snapshot.Slow.Of(TableReader.Instance)?.Value, snapshot.Slow.Fault(TableReader.Instance), snapshot.Slow.Of(HorizonReader.Instance)?.Value, snapshot.Slow.Of(BloatReader.Instance)?.Value);

    /// <inheritdoc />
    protected override async Task<TablesView> WorkOutAsync(EnvironmentSnapshot snapshot, GridUrl url, CancellationToken cancellationToken)
    {
        var (words, key) = (Range.Words, RangeNow());
        if (_asked != (snapshot.EnvironmentId, key))
        {
            // History is asked once a minute and once a range.
            _asked = (snapshot.EnvironmentId, key);
            var growth = await tables.GrowthAsync(snapshot, key.Range, cancellationToken);
            _growth = _asked == (snapshot.EnvironmentId, key) ? growth : _growth;
            _pace = await tables.PaceAsync(snapshot.EnvironmentId, key.Range.To, cancellationToken);
        }

        return await Task.Run(() => TablesView.Of(snapshot, _growth, words, url), cancellationToken);
    }

    private TableRow? Where(Finding finding) =>
        View?.Set?.Find(finding.Key[Math.Min(finding.Key.Length, finding.Rule.Length + 1)..]);

    private string Shown(TablesView view) => IsFiltered
        ? $"{Words.Count(view.Rows.Count)} of {Words.Plural(view.Set!.Rows.Count, "table")}"
        : Words.Plural(view.Rows.Count, "table");

    private static (string Title, string Text) Nothing(TableSet set) => set switch
    {
        { Rows.Count: > 0 } => ("No table matches", $"{Words.Plural(set.Rows.Count, "table is", "tables are")} there; the filter leaves none."),
        { Reading.LeftOut: > 0 } => ("No table can be read now", "Every table of this database is under an exclusive lock: Connections has who holds it."),
        _ => ("This database has no table of its own", "PostgreSQL's own are not counted. The application's first migration brings the first."),
    };

    private string Growth(TableRow row, TableGrowth? growth) => growth switch
    {
        null => "History has not been asked yet",
        { Missing: { } missing } => missing,
        _ => growth.Of(row) is { } bytes ? $"{Words.ExactBytes(bytes)} in the {Range.Words}" : "Its size was not recorded",
    };

    private static string Grown(long? bytes) => bytes > 0 ? "+" + Words.Bytes(bytes) : Words.Bytes(bytes);

    private static string Due(TableRow row) => row.Table switch
    {
        { Kind: TableKind.Partitioned } => "Its partitions are vacuumed each by itself",
        { Vacuuming.Enabled: false } => "Autovacuum is off for it",
        { VacuumAt: { } at } table => $"{Words.ExactCount(table.DeadRows)} dead rows; autovacuum comes at {Words.ExactCount(Math.Floor(at) + 1)}{(table.Vacuuming.HasOwn ? ", by settings of its own" : "")}",
        _ => "Not known",
    };

    private static string Never(TableRow row, TableSet set) => row.Table.Kind == TableKind.Partitioned
        ? "Its partitions are vacuumed each by itself"
        : $"Not {TableColumns.Since(set)}";

    private static string Whole(TableRow row) => $"{Words.ExactCount(row.Table.SequentialScans)} times, {Words.ExactCount(row.Table.SequentialRows)} rows read";

    private static string Age(TableRow row) =>
        $"{Words.ExactCount(row.Table.FrozenAge)} transactions, {Words.Percent(row.FreezeShare)} of the {Words.ExactCount(row.Table.Vacuuming.FreezeMaxAge)} at which the server vacuums in any case";
}
