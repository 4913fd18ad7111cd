using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.WebUtilities;
using MnfstRag.Admin.Components.Parts;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Components.Time;

/// <summary>
/// Which stretch of time a page shows: the one in the URL (<c>?range=24h</c> or <c>?from=…&amp;to=…</c>, UTC), else the one chosen
/// last in this tab, else live. Scoped: one a circuit. A change takes the place of the present entry of the browser's history.
/// </summary>
public sealed class PageRange : IDisposable
{
    /// <summary>Query parameter of a range that has a name.</summary>
    public const string Parameter = "range";

    /// <summary>Query parameter of the first moment.</summary>
    public const string From = "from";

    /// <summary>Query parameter of the last moment.</summary>
    public const string To = "to";

    private readonly NavigationManager _navigation;
    private readonly TimeProvider _clock;
    private RangeChoice? _wide;

    /// <summary>Reads the URL and follows it.</summary>
    public PageRange(NavigationManager navigation, TimeProvider clock)
    {
        _navigation = navigation;
        _clock = clock;
        (var asked, Fault) = Read();
        Choice = asked ?? RangeChoice.Live;
        _navigation.LocationChanged += OnLocationChanged;
    }

    /// <summary>Another stretch was chosen. Raised on the circuit's own context.</summary>
    public event Action? Changed;

    /// <summary>What is chosen. The URL follows it, and it the URL; a navigation ends only after the browser has answered.</summary>
    public RangeChoice Choice { get; private set; } = RangeChoice.Live;

    /// <summary>The last 15 minutes, moving on.</summary>
    public bool IsLive => Choice.IsLive;

    /// <summary>Within a sentence: "last 24 hours".</summary>
    public string Words => Choice.Words;

    /// <summary>What is wrong with the range that the URL asks for, in words; null when nothing is.</summary>
    public string? Fault { get; private set; }

    /// <summary>A zoom can be taken back.</summary>
    public bool IsZoomed => _wide is not null;

    /// <summary>The stretch it means at <paramref name="now"/>.</summary>
    public TimeRange At(DateTimeOffset now) => Choice.At(now);

    /// <summary>Looks closer: what was drawn on a chart, widened to at least a minute. <see cref="Widen"/> takes it back.</summary>
    public void Choose(TimeRange drawn)
    {
        var wide = _wide ?? Choice;
        Choose(RangeChoice.Zoom(drawn, _clock.GetUtcNow()));
        _wide = wide;
    }

    /// <summary>Shows another stretch.</summary>
    public void Choose(RangeChoice choice)
    {
        _wide = null;
        var before = Choice;
        Choice = choice;
        Fault = null;
        _navigation.ReplaceQuery(Query(choice));
        if (before != choice)
        {
            Changed?.Invoke();
        }
    }

    /// <summary>Goes back to what was shown before the first zoom.</summary>
    public void Widen()
    {
        if (_wide is { } wide)
        {
            Choose(wide);
        }
    }

    /// <summary><paramref name="path"/> (may have a query) with the range that is shown now.</summary>
    public string Link(string path) => IsLive ? path : QueryHelpers.AddQueryString(path, Query(Choice).Where(pair => pair.Value is not null));

    /// <inheritdoc />
    public void Dispose() => _navigation.LocationChanged -= OnLocationChanged;

    private static Dictionary<string, string?> Query(RangeChoice choice) => new(StringComparer.Ordinal)
    {
        [Parameter] = choice.IsLive ? null : choice.Word,
        [From] = choice.Between is { } first ? Text(first.From) : null,
        [To] = choice.Between is { } last ? Text(last.To) : null,
    };

    /// <summary>What the URL asks for; nothing when it is silent or when it cannot be followed.</summary>
    private (RangeChoice? Choice, string? Fault) Read()
    {
        if (_navigation.ReadQuery(Parameter) is { } word)
        {
            return RangeChoice.Find(word) is { } named
                ? (named, null)
                : (null, $"The link asks for the range \"{(word.Length > 40 ? word[..40] : word)}\", which does not exist; {Choice.Words} is shown.");
        }

        return (_navigation.ReadQuery(From), _navigation.ReadQuery(To)) switch
        {
            (null, null) => (null, null),
            ({ } from, { } to) when Parsed(from, out var first) && Parsed(to, out var last) => RangeChoice.Of(first, last, _clock.GetUtcNow()),
            _ => (null, "The link names a stretch of time that cannot be read: from and to must be moments such as 2026-11-23T03:00:00Z."),
        };
    }

    private void OnLocationChanged(object? sender, LocationChangedEventArgs e)
    {
        (var asked, Fault) = Read();
        if (asked is not null && asked != Choice)
        {
            (Choice, _wide) = (asked, null);
            Changed?.Invoke();
        }
    }

    private static bool Parsed(string text, out DateTimeOffset at) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out at);

    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
