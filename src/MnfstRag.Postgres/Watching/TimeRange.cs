using System.Globalization;
using System.Runtime.InteropServices;

namespace MnfstRag.Postgres.Watching;

/// <summary>A stretch of time that figures are asked for: from <paramref name="From"/> up to but without <paramref name="To"/>.</summary>
/// <param name="From">Its beginning.</param>
/// <param name="To">Its end, after the beginning.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TimeRange(DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>How long it is.</summary>
    public TimeSpan Length => To - From;

    /// <summary>The stretch of the same length right before it: what it is compared with.</summary>
    public TimeRange Before => new(From - Length, From);

    /// <summary>The last <paramref name="length"/> before <paramref name="now"/>.</summary>
    public static TimeRange Last(TimeSpan length, DateTimeOffset now) => new(now - length, now);

    /// <summary>Whether <paramref name="at"/> lies in it.</summary>
    public bool Contains(DateTimeOffset at) => at >= From && at < To;

    /// <summary>"2026-11-23T03:00:00.0000000+00:00/…": what a record writes of itself would name the stretch before, and that one its own, without end.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{From:O}/{To:O}");
}
