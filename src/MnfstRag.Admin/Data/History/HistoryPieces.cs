using MnfstRag.Postgres.Watching;
using Npgsql;

namespace MnfstRag.Admin.Data.History;

/// <summary>Which part of a range is read from hours; the rest is read from minutes.</summary>
/// <param name="Range">The whole.</param>
/// <param name="HoursFrom">Begin of the first whole hour.</param>
/// <param name="HoursTo">End of the last; the same as <paramref name="HoursFrom"/> when only minutes are read.</param>
internal sealed record HistoryPieces(TimeRange Range, DateTimeOffset HoursFrom, DateTimeOffset HoursTo)
{
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

    /// <summary>Adds @from, @to, @hfrom and @hto.</summary>
    public void AddTo(NpgsqlCommand command)
    {
        foreach (var (name, at) in new[] { ("from", Range.From), ("to", Range.To), ("hfrom", HoursFrom), ("hto", HoursTo) })
        {
            command.Parameters.Add(new NpgsqlParameter<DateTime>(name, at.UtcDateTime));
        }
    }

    private static DateTimeOffset Floor(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);

    private static DateTimeOffset Ceiling(DateTimeOffset at) => Floor(at.AddTicks(TimeSpan.TicksPerHour - 1));
}
