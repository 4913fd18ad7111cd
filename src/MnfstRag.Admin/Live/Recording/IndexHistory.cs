using MnfstRag.Admin.Data.History;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Live.Recording;

/// <summary>Keeps what indexes did: one subject an index, by its qualified name.</summary>
public sealed class IndexHistory : IHistorySource
{
    /// <summary>Scans and rows fetched in the time; size in bytes.</summary>
    public static readonly HistoryKind Kind = new("indexes", [new("scans", RollUp.Sum), new("fetched", RollUp.Sum), new("bytes", RollUp.Last, Whole: true)], ByDay: true);

    HistoryKind IHistorySource.Kind => Kind;

    /// <inheritdoc />
    public IHistoryTap Open() => new ShapeTap<IndexReading, DatabaseIndex>(
        Kind,
        IndexReader.Instance,
        reading => reading.Indexes,
        index => (index.QualifiedName, index.Oid),
        (reading, before) => reading.StatsReset == before.StatsReset && reading.PostmasterStart == before.PostmasterStart,
        (now, before) => now.Scans < before.Scans || now.TuplesFetched < before.TuplesFetched ? null : [now.Scans - before.Scans, now.TuplesFetched - before.TuplesFetched, now.Bytes]);
}
