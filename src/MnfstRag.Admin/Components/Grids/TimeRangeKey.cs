using System.Runtime.InteropServices;
using MnfstRag.Admin.Components.Time;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Components.Grids;

/// <summary>A stretch of time with what tells whether history has to be asked again: equal keys have the same answer.</summary>
/// <param name="Range">The stretch.</param>
/// <param name="Choice">What was chosen.</param>
/// <param name="Minute">Minutes since 1970 when it was worked out.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TimeRangeKey(TimeRange Range, RangeChoice Choice, long Minute)
{
    /// <summary>By choice and minute: the stretch itself moves on with every look.</summary>
    public bool Equals(TimeRangeKey other) => Choice == other.Choice && Minute == other.Minute;

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Choice, Minute);
}
