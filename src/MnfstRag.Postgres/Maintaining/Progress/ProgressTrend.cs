namespace MnfstRag.Postgres.Maintaining;

/// <summary>Turns looks at one command into rate, time left and a percentage that never goes back.</summary>
public sealed class ProgressTrend(TimeProvider time)
{
    private CommandProgress? _first;
    private long _firstAt;
    private double _percent;

    /// <summary>The same look with rate, time left and a percentage that never goes back.</summary>
    public CommandProgress After(CommandProgress now)
    {
        ArgumentNullException.ThrowIfNull(now);
        var at = time.GetTimestamp();
        if (_first is null || _first.Pid != now.Pid || _first.Command != now.Command)
        {
            _percent = 0;
        }

        // A phase begun anew (VACUUM goes over the heap several times) counts from where it begins.
        if (_first is null || (_first.Pid, _first.Command, _first.Phase, _first.Unit) != (now.Pid, now.Command, now.Phase, now.Unit) || now.Done < _first.Done)
        {
            (_first, _firstAt) = (now, at);
        }

        _percent = Math.Max(_percent, now.Percent ?? 0);
        var seconds = time.GetElapsedTime(_firstAt, at).TotalSeconds;
        double? rate = seconds > 0 && now.Done > _first.Done ? (now.Done.Value - _first.Done.Value) / seconds : null;
        return now with
        {
            Percent = now.Percent is null && _percent == 0 ? null : _percent,
            Rate = rate,
            Remaining = rate > 0 && now.Total is { } total && now.Done is { } done && total >= done ? TimeSpan.FromSeconds((total - done) / rate.Value) : null,
        };
    }
}
