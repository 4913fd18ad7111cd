using MnfstRag.Admin.Data.History;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Live.Recording;

/// <summary>Keeps the sizes of databases: one subject a database, by its name.</summary>
public sealed class DatabaseHistory : IHistorySource
{
    /// <summary>Size on disk in bytes.</summary>
    public static readonly HistoryKind Kind = new("databases", [new("size_bytes", RollUp.Last, Whole: true)]);

    HistoryKind IHistorySource.Kind => Kind;

    /// <inheritdoc />
    public IHistoryTap Open() => new ShapeTap<DatabaseSizes, DatabaseSize>(
        Kind,
        DatabaseSizesReader.Instance,
        reading => reading.All,
        one => (one.Name, one.Oid),
        (_, _) => true,
        (now, _) => [now.Bytes]);
}
