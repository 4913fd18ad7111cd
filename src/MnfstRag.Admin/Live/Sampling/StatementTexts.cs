using System.Collections.Immutable;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Live.Sampling;

/// <summary>Texts of the statements that were seen, each asked for once. Those of entries that are gone are forgotten when they are many.</summary>
internal sealed class StatementTexts(TimeProvider clock)
{
    /// <summary>The server reads its whole file of texts for every question.</summary>
    private static readonly TimeSpan Seldom = TimeSpan.FromSeconds(15);

    private const int MostAtOnce = 1_000;

    private ImmutableDictionary<StatementKey, StatementText> _known = ImmutableDictionary<StatementKey, StatementText>.Empty;
    private HashSet<long> _wanted = [];
    private StatementTextsReader? _asked;
    private long? _askedAt;

    /// <summary>All that are known. Immutable: snapshots carry it.</summary>
    public IReadOnlyDictionary<StatementKey, StatementText> Known => _known;

    /// <summary>What to ask at this tick; null when nothing is wanted or it was asked a moment ago.</summary>
    public StatementTextsReader? Due()
    {
        if (_wanted.Count == 0 || (_askedAt is { } at && clock.GetElapsedTime(at) < Seldom))
        {
            return null;
        }

        _askedAt = clock.GetTimestamp();
        return _asked = new StatementTextsReader([.. _wanted.Take(MostAtOnce)]);
    }

    /// <summary>Takes over what a tick brought.</summary>
    public void Take(ServerReading reading)
    {
        if (_asked is { } asked && reading.Of(asked).Value is { } texts)
        {
            _known = _known.SetItems(texts);
            _wanted.ExceptWith(texts.Keys.Select(key => key.QueryId));
        }

        _asked = null;
        if (reading.Of(StatementsReader.Instance).Value is not { } statements)
        {
            return;
        }

        if (_known.Count > 2 * (statements.Statements.Count + MostAtOnce))
        {
            var present = statements.Statements.Select(statement => statement.Key).ToHashSet();
            _known = _known.RemoveRange(_known.Keys.Where(key => !present.Contains(key)));
        }

        _wanted = [.. statements.Statements.Where(statement => !_known.ContainsKey(statement.Key)).Select(statement => statement.Key.QueryId)];
    }
}
