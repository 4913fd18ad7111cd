using System.Globalization;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Components.Time;

/// <summary>A stretch of time as a person chooses it: live, the last so and so long, or between two moments.</summary>
public sealed record RangeChoice
{
    /// <summary>How much "live" shows.</summary>
    public static readonly TimeSpan LiveWindow = TimeSpan.FromMinutes(15);

    /// <summary>The shortest that is shown: the store keeps a row a minute.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);

    /// <summary>The longest.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    private RangeChoice(string? word, string name, string words, TimeSpan length, TimeRange? between = null) =>
        (Word, Name, Words, Length, Between) = (word, name, words, length, between);

    /// <summary>The last 15 minutes, moving on.</summary>
    public static RangeChoice Live { get; } = new("live", "Live", "last 15 minutes", LiveWindow);

    /// <summary>Those that have a name, in the order of the picker.</summary>
    public static IReadOnlyList<RangeChoice> Named { get; } =
    [
        Live,
        new("15m", "15 min", "last 15 minutes", LiveWindow),
        new("1h", "1 h", "last hour", TimeSpan.FromHours(1)),
        new("6h", "6 h", "last 6 hours", TimeSpan.FromHours(6)),
        new("24h", "24 h", "last 24 hours", TimeSpan.FromHours(24)),
        new("7d", "7 d", "last 7 days", TimeSpan.FromDays(7)),
        new("30d", "30 d", "last 30 days", TimeSpan.FromDays(30)),
    ];

    /// <summary>How it stands in the URL; null for one between two moments.</summary>
    public string? Word { get; }

    /// <summary>On a button: "24 h"; for one between two moments both, in UTC.</summary>
    public string Name { get; }

    /// <summary>Within a sentence: "last 24 hours".</summary>
    public string Words { get; }

    /// <summary>How long it is.</summary>
    public TimeSpan Length { get; }

    /// <summary>The two moments; null where it ends now.</summary>
    public TimeRange? Between { get; }

    /// <summary>It moves on with the readings.</summary>
    public bool IsLive => ReferenceEquals(this, Live);

    /// <summary>The stretch it means at <paramref name="now"/>.</summary>
    public TimeRange At(DateTimeOffset now) => Between ?? TimeRange.Last(Length, now);

    /// <summary>The one of that name; null when there is none.</summary>
    public static RangeChoice? Find(string word) => Named.FirstOrDefault(choice => string.Equals(choice.Word, word, StringComparison.OrdinalIgnoreCase));

    /// <summary>Between two moments, or why that cannot be shown.</summary>
    public static (RangeChoice? Choice, string? Fault) Of(DateTimeOffset from, DateTimeOffset to, DateTimeOffset now) => (to - from) switch
    {
        { Ticks: <= 0 } => (null, "The end lies before the beginning. Change one of the two."),
        _ when from >= now => (null, "That is still to come: nothing has been read of it yet."),
        var length when length < Shortest => (null, "That is less than a minute. Choose at least one: the past is kept by the minute."),
        var length when length > Longest => (null, "That is more than a year. Choose at most 366 days."),
        _ => (Fixed(new TimeRange(Whole(from), Whole(to))), null),
    };

    /// <summary>As <see cref="Of"/>, but what a person drew with the mouse is widened to a minute and cut at <paramref name="now"/>, never refused.</summary>
    public static RangeChoice Zoom(TimeRange drawn, DateTimeOffset now)
    {
        var to = drawn.To > now ? now : drawn.To;
        var missing = Shortest - (to - drawn.From);
        var from = missing > TimeSpan.Zero ? drawn.From - (missing / 2) : drawn.From;
        from = Whole(from);
        return Fixed(new TimeRange(from, Whole(to) is var end && end - from < Shortest ? from + Shortest : end));
    }

    private static RangeChoice Fixed(TimeRange between)
    {
        var words = string.Create(CultureInfo.InvariantCulture, $"{between.From.UtcDateTime:yyyy-MM-dd HH:mm} to {Until(between)} UTC");
        return new RangeChoice(null, words, words, between.Length, between);
    }

    private static string Until(TimeRange between) =>
        between.To.UtcDateTime.ToString(between.From.UtcDateTime.Date == between.To.UtcDateTime.Date ? "HH:mm" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static DateTimeOffset Whole(DateTimeOffset at) => DateTimeOffset.FromUnixTimeSeconds(at.ToUnixTimeSeconds());
}
