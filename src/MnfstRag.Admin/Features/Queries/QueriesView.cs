using MnfstRag.Admin.Data.History;
using MnfstRag.Admin.Live.Recording;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Features.Queries;

/// <summary>Statements of one environment over one stretch of time.</summary>
/// <param name="Range">The stretch.</param>
/// <param name="Rows">Every statement that was called in it.</param>
/// <param name="Fault">Why nothing can be shown; null when it can.</param>
public sealed record QueriesView(TimeRange Range, IReadOnlyList<QueryRow> Rows, string? Fault = null)
{
    private static readonly HistoryKind Kind = StatementHistorySource.Columns;

    /// <summary>The server threw statements out within the range: what they did until they came back is missing.</summary>
    public bool Lossy { get; init; }

    /// <summary>Those that took most, over time; null where nothing can be shown.</summary>
    public QueryLoad? Load { get; init; }

    /// <summary>Milliseconds of all statements together.</summary>
    public double ExecMs => Rows.Sum(row => row.ExecMs);

    /// <summary>Calls of all together.</summary>
    public double Calls => Rows.Sum(row => row.Calls);

    /// <summary>Puts together what the store and the newest reading know.</summary>
    public static QueriesView Of(TimeRange range, IReadOnlyList<HistoryTotal> totals, IReadOnlyList<HistoryTotal> previous, StatementsReading? newest)
    {
        var before = previous.ToDictionary(total => total.Subject, StringComparer.Ordinal);
        var lifetime = (newest?.Statements ?? []).ToDictionary(statement => statement.Key.ToString(), statement => statement.MaxMs, StringComparer.Ordinal);
        var all = totals.Sum(total => Value(total, "exec_ms") ?? 0);
        return new QueriesView(range, [.. totals.Select(total => Row(total, before.GetValueOrDefault(total.Subject)))]);

        QueryRow Row(HistoryTotal total, HistoryTotal? then)
        {
            var details = StatementDetails.Read(total.Details);
            var (hit, read) = (Value(total, "blocks_hit") ?? 0, Value(total, "blocks_read") ?? 0);
            var (calls, exec) = (Value(total, "calls") ?? 0, Value(total, "exec_ms") ?? 0);
            var earlier = then is null ? 0 : Value(then, "calls") ?? 0;
            return new QueryRow(
                total.Subject,
                details?.Text,
                details?.Database,
                details?.User,
                calls,
                exec,
                all > 0 ? exec / all : 0,
                Value(total, "max_ms"),
                lifetime.TryGetValue(total.Subject, out var slowest) ? slowest : null,
                Value(total, "rows") ?? 0,
                hit + read > 0 ? hit / (hit + read) : null,
                Value(total, "io_ms"),
                Value(total, "temp_blocks") ?? 0,
                Value(total, "wal_bytes"),
                earlier > 0 ? (Value(then!, "exec_ms") ?? 0) / earlier : null,
                earlier,
                previous.Count > 0 && total.FirstSeen >= range.From);
        }
    }

    private static double? Value(HistoryTotal total, string column) => total.Values[Kind[column]];
}
