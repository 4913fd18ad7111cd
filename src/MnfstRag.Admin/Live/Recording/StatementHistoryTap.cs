using MnfstRag.Admin.Data.History;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Live.Recording;

/// <summary>
/// The difference of two readings, handed over a moment later, when the texts of new statements have come too. Readings of another
/// cluster, another version or across a reset are not compared: there is a gap. The dashboard's own statements are left out.
/// </summary>
internal sealed class StatementHistoryTap : IHistoryTap
{
    /// <summary>A text that has not come by then does not hold up the figures.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    private Held<StatementsReading>? _before;
    private (string? Cluster, int? Version, DateTimeOffset? Started) _server;
    private (IReadOnlyList<StatementDelta> Deltas, TimeSpan Covers, DateTimeOffset At)? _waiting;

    public HistoryBatch? Take(EnvironmentSnapshot snapshot)
    {
        if (snapshot.Slow.Of(StatementsReader.Instance) is not { } held)
        {
            (_before, _waiting) = (null, null);
            return null;
        }

        HistoryBatch? ready = null;
        if (!ReferenceEquals(held.Value, _before?.Value))
        {
            ready = Close(snapshot);
            // A standby that became the primary has the cluster's identifier and counters of its own: their reset tells it, below extension 1.9 only its start does.
            var server = (snapshot.Capabilities?.SystemIdentifier, snapshot.Capabilities?.VersionNumber, held.Value.StatsReset is null ? snapshot.Capabilities?.PostmasterStart : null);
            if (_before is { } before && server == _server && StatementDelta.Between(before.Value, held.Value) is { } deltas)
            {
                _waiting = (deltas, held.ReadAt - before.ReadAt, held.ReadAt);
            }

            (_before, _server) = (held, server);
        }

        var known = _waiting is { } waiting && (waiting.Deltas.All(delta => snapshot.StatementTexts.ContainsKey(delta.Key)) || snapshot.PublishedAt - waiting.At >= Patience);
        return ready ?? (known ? Close(snapshot) : null);
    }

    private HistoryBatch? Close(EnvironmentSnapshot snapshot)
    {
        if (_waiting is not { } waiting)
        {
            return null;
        }

        _waiting = null;
        return new HistoryBatch(
            waiting.At,
            waiting.Covers,
            [.. waiting.Deltas
                .Select(delta => (Delta: delta, Text: snapshot.StatementTexts.GetValueOrDefault(delta.Key)))
                .Where(pair => pair.Text is not { IsDashboard: true })
                .Select(pair => new HistorySample(pair.Delta.Key.ToString(), Values(pair.Delta), pair.Text is { } text ? StatementDetails.Write(text) : null))]);
    }

    private static IReadOnlyList<double?> Values(StatementDelta delta) =>
        [delta.Calls, delta.ExecMs, delta.MaxMs, delta.Rows, delta.BlocksHit, delta.BlocksRead, delta.IoMs, delta.TempBlocks, delta.WalBytes];
}
