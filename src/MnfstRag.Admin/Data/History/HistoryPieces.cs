using MnfstRag.Postgres.Watching;
using Npgsql;

namespace MnfstRag.Admin.Data.History;

/// <summary>Which part of a range is read from hours and which from days; the rest is read from minutes.</summary>
/// <param name="Range">The whole.</param>
/// <param name="HoursFrom">Begin of the first whole hour.</param>
/// <param name="HoursTo">End of the last; the same as <paramref name="HoursFrom"/> when only minutes are read.</param>
/// <param name="DaysFrom">Begin of the first whole day that is read as one; within the hours.</param>
/// <param name="DaysTo">End of the last; the same as <paramref name="DaysFrom"/> when no day is.</param>
internal sealed record HistoryPieces(TimeRange Range, DateTimeOffset HoursFrom, DateTimeOffset HoursTo, DateTimeOffset DaysFrom, DateTimeOffset DaysTo)
{
    private HistoryPieces(TimeRange range, DateTimeOffset from, DateTimeOffset to)
        : this(range, from, to, from, from)
    {
    }

    /// <summary>Any part is read from hours.</summary>
    public bool HasHours => HoursTo > HoursFrom;

    /// <summary>Decides.</summary>
    /// <param name="range">What is asked for.</param>
    /// <param name="minutesSince">The oldest minute that is kept; null when there is none.</param>
    /// <param name="hoursSince">The oldest hour that is kept; null when there is none.</param>
    /// <param name="hoursUntil">End of the newest hour that was made.</param>
    /// <param name="minutes">Minutes are preferred where they are kept.</param>
    public static HistoryPieces Of(TimeRange range, DateTimeOffset? minutesSince, DateTimeOffset? hoursSince, DateTimeOffset? hoursUntil, bool minutes)
    {
        var begin = range.From;
        if (minutes && (hoursSince is null || minutesSince is null || minutesSince <= range.From || hoursSince >= Floor(minutesSince.Value)))
        {
            return new HistoryPieces(range, range.To, range.To);
        }

        var from = Ceiling(begin);
        var to = hoursUntil is { } until && until < Floor(range.To) ? until : Floor(range.To);
        return to > from ? new HistoryPieces(range, from, to) : new HistoryPieces(range, range.To, range.To);
    }

    /// <summary>The same, with whole days read as such where they were made: for totals, which need no finer step.</summary>
    /// <param name="daysUntil">End of the newest day that was made; null when there is none.</param>
    public HistoryPieces ByDay(DateTimeOffset? daysUntil)
    {
        var from = Floor(HoursFrom.AddTicks(TimeSpan.TicksPerDay - 1), TimeSpan.TicksPerDay);
        var to = Floor(daysUntil is { } until && until < HoursTo ? until : HoursTo, TimeSpan.TicksPerDay);
        return daysUntil is not null && to > from ? this with { DaysFrom = from, DaysTo = to } : this;
    }

    /// <summary>Adds @from, @to, @hfrom, @hto, @dfrom and @dto.</summary>
    public void AddTo(NpgsqlCommand command)
    {
        foreach (var (name, at) in new[] { ("from", Range.From), ("to", Range.To), ("hfrom", HoursFrom), ("hto", HoursTo), ("dfrom", DaysFrom), ("dto", DaysTo) })
        {
            command.Parameters.Add(new NpgsqlParameter<DateTime>(name, at.UtcDateTime));
        }
    }

    private static DateTimeOffset Floor(DateTimeOffset at, long ticks = TimeSpan.TicksPerHour) => new(at.UtcTicks - (at.UtcTicks % ticks), TimeSpan.Zero);

    private static DateTimeOffset Ceiling(DateTimeOffset at) => Floor(at.AddTicks(TimeSpan.TicksPerHour - 1));
}
