using MnfstRag.Admin.Components;
using MnfstRag.Admin.Components.Charts;
using MnfstRag.Admin.Components.Grids;
using MnfstRag.Admin.Live;
using MnfstRag.Postgres.Advising;
using MnfstRag.Postgres.Watching;
using MnfstRag.Postgres.Watching.Hosts;

namespace MnfstRag.Admin.Features.Indexes;

/// <summary>What the indexes cost and who uses them, over the chosen stretch of time.</summary>
public sealed partial class IndexesPage(IndexesService indexes)
{
    private static readonly string[] IndexRules = ["index."];

    private (Guid, TimeRangeKey)? _asked;
    private IndexUsage? _usage;
    private IReadOnlyList<IndexRow> _top = [];
    private IReadOnlyList<ChartSeries> _series = [];
    private IReadOnlyList<ChartPoint> _points = [];
    private IReadOnlyList<ChartMark> _marks = [];
    private TimeRange _shown;

    private bool IsFiltered => Url[GridUrl.Find] is not null || Url[GridUrl.Only] is not null || Url[IndexesView.TableParameter] is not null;

    /// <summary>Another filter or order begins at the first row again.</summary>
    private string GridKey => Url.With(IndexesView.OpenParameter, null).ToString();

    /// <inheritdoc />
    protected override IAsyncEnumerable<EnvironmentSnapshot?> WatchAsync(string environment, CancellationToken cancellationToken) =>
        indexes.WatchAsync(environment, cancellationToken);

    /// <inheritdoc />
    protected override object? Reading(EnvironmentSnapshot snapshot) =>
        (snapshot.Slow.Of(IndexReader.Instance)?.Value, snapshot.Slow.Fault(IndexReader.Instance));

    /// <inheritdoc />
    protected override async Task<IndexesView> WorkOutAsync(EnvironmentSnapshot snapshot, GridUrl url, CancellationToken cancellationToken)
    {
        var words = Range.Words;
        await RememberAsync(snapshot, cancellationToken);
        return await Task.Run(() => IndexesView.Of(snapshot, _usage, words, url), cancellationToken);
    }

    /// <summary>Asks history once a minute and once a range.</summary>
    private async Task RememberAsync(EnvironmentSnapshot snapshot, CancellationToken cancellationToken)
    {
        var key = RangeNow();
        if (snapshot.Slow.Of(IndexReader.Instance) is not { } held || _asked == (snapshot.EnvironmentId, key))
        {
            return;
        }

        _asked = (snapshot.EnvironmentId, key);
        var usage = await indexes.UsageAsync(snapshot, key.Range, cancellationToken);
        var top = IndexCharts.Top(IndexSet.Of(held.Value), usage);
        string[] keys = [.. top.Select(row => row.Key)];
        var (series, marks) = (indexes.SeriesAsync(snapshot.EnvironmentId, keys, key.Range, cancellationToken), indexes.MarksAsync(snapshot.EnvironmentId, key.Range, cancellationToken));
        await Task.WhenAll(series, marks);
        if (_asked == (snapshot.EnvironmentId, key))
        {
            _marks = await marks;
            (_usage, _top, _series, _shown) = (usage, top, IndexCharts.Series(top), key.Range);
            _points = IndexCharts.Scans(keys, await series);
        }
    }

    private IndexRow? Where(Finding finding) =>
        View?.Set?.Find(finding.Key[Math.Min(finding.Key.Length, finding.Rule.Length + 1)..]);

    private string Shown(IndexesView view) => IsFiltered
        ? $"{Words.Count(view.Rows.Count)} of {Words.Plural(view.Set!.Rows.Count, "index", "indexes")}"
        : Words.Plural(view.Rows.Count, "index", "indexes");

    private static (string Title, string Text) Nothing(IndexSet set) => set switch
    {
        { Rows.Count: > 0 } => ("No index matches", $"{Words.Plural(set.Rows.Count, "index is", "indexes are")} there; the filter leaves none."),
        { Reading.LeftOut: > 0 } => ("No index can be read now", "Every index of this database is under an exclusive lock: Connections has who holds it."),
        _ => ("This database has no index of its own", "PostgreSQL's own are not counted. A primary key brings the first."),
    };

    private static double Share(IndexRow row, IndexSet set) => set.Largest == 0 ? 0 : (double)row.Index.Bytes / set.Largest;

    private static string Size(IndexRow row) => row.Index.IsMeasured
        ? Words.ExactBytes(row.Index.Bytes)
        : $"{Words.ExactBytes(row.Index.Bytes)}, as the last VACUUM, ANALYZE or CREATE INDEX counted it";

    private string Window(IndexRow row, IndexUsage? usage) => usage switch
    {
        null => "History has not been asked yet",
        { Missing: { } missing } => missing,
        _ => $"{Words.ExactCount(usage.Of(row) ?? 0)} in the {Range.Words}",
    };

    private string? NoLastUse(IndexRow row) => Snapshot?.Capabilities switch
    {
        { Major: < 16 } server => $"PostgreSQL {server.Major} does not write down when an index was used last; 16 and later do",
        _ when row.Index.Scans == 0 => "Not used since the statistics began",
        _ => "The server does not say",
    };

    private bool ReplicasTell => Snapshot?.Hosts?.Hosts.Where(host => host is { Role: HostRole.Standby, IsForeign: false }).ToList() is { Count: > 0 } replicas && replicas.TrueForAll(host => host.Indexes is not null);
}
