namespace MnfstRag.Postgres.Watching;

/// <summary>What one statement did between two readings. Never negative: a counter that went backwards has no difference.</summary>
/// <param name="Key">Which.</param>
/// <param name="Calls">Calls that ended.</param>
/// <param name="ExecMs">Their time, milliseconds.</param>
/// <param name="MaxMs">The slowest of them, milliseconds; null when none was slower than one before, for then the server does not say.</param>
/// <param name="Rows">Rows returned or changed.</param>
/// <param name="BlocksHit">Blocks found in shared buffers.</param>
/// <param name="BlocksRead">Blocks asked of the system.</param>
/// <param name="IoMs">Milliseconds of reading and writing; null when not measured.</param>
/// <param name="TempBlocks">Temporary blocks read and written.</param>
/// <param name="WalBytes">WAL; null below extension 1.8.</param>
public sealed record StatementDelta(
    StatementKey Key, double Calls, double ExecMs, double? MaxMs, double Rows, double BlocksHit, double BlocksRead, double? IoMs, double TempBlocks, double? WalBytes)
{
    /// <summary>
    /// Those that were called in between; null when the readings cannot be compared: everything was reset, or the extension changed.
    /// An entry that was not there before began in between, so all of it counts. One that was reset alone, or thrown out and made
    /// anew, is left out once.
    /// </summary>
    public static IReadOnlyList<StatementDelta>? Between(StatementsReading earlier, StatementsReading later)
    {
        if (earlier.Extension is null || later.Extension != earlier.Extension || later.StatsReset != earlier.StatsReset || later.ServerTime <= earlier.ServerTime)
        {
            return null;
        }

        var before = new Dictionary<StatementKey, StatementCounters>(earlier.Statements.Count);
        foreach (var entry in earlier.Statements)
        {
            before[entry.Key] = entry;
        }

        List<StatementDelta> deltas = [];
        foreach (var now in later.Statements)
        {
            if (!before.TryGetValue(now.Key, out var then))
            {
                deltas.Add(From(now, null));
            }
            else if (now.Calls > then.Calls && now.ExecMs >= then.ExecMs && now.Rows >= then.Rows && now.Since == then.Since)
            {
                deltas.Add(From(now, then));
            }
        }

        return deltas;
    }

    private static StatementDelta From(StatementCounters now, StatementCounters? then) => new(
        now.Key,
        now.Calls - (then?.Calls ?? 0),
        now.ExecMs - (then?.ExecMs ?? 0),
        then is null || now.MaxMs > then.MaxMs ? now.MaxMs : null,
        now.Rows - (then?.Rows ?? 0),
        now.BlocksHit - (then?.BlocksHit ?? 0),
        now.BlocksRead - (then?.BlocksRead ?? 0),
        now.IoMs is null || (then is not null && then.IoMs is null) ? null : Math.Max(0, now.IoMs.Value - (then?.IoMs ?? 0)),
        now.TempBlocks - (then?.TempBlocks ?? 0),
        now.WalBytes is null ? null : Math.Max(0, now.WalBytes.Value - (then?.WalBytes ?? 0)));
}
