using MnfstRag.Admin.Components;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Features.Indexes;

/// <summary>What the own store remembers of the indexes of an environment over a stretch of time.</summary>
/// <param name="Range">The stretch.</param>
/// <param name="Scans">Scans within it by <see cref="IndexRow.Key"/>; an index without any is left out.</param>
/// <param name="Begins">When history began, as far as the stretch tells; null when it holds nothing.</param>
/// <param name="Fault">Why nothing is known, in words; null when the store answered.</param>
public sealed record IndexUsage(TimeRange Range, IReadOnlyDictionary<string, double> Scans, DateTimeOffset? Begins, string? Fault)
{
    /// <summary>The store keeps a row a minute, and writes it a little later.</summary>
    private static readonly TimeSpan Leeway = TimeSpan.FromMinutes(2);

    /// <summary>Scans of an index within the stretch; null where that is not known.</summary>
    public double? Of(IndexRow row) => Missing is null ? Scans.GetValueOrDefault(row.Key) : null;

    /// <summary>Why scans of the stretch are not known; null when they are.</summary>
    public string? Missing => this switch
    {
        { Fault: { } fault } => fault,
        { Begins: null } => "Nothing was recorded in this stretch of time: the dashboard did not watch, or has just begun to.",
        { Begins: { } begins } when begins > Range.From + Leeway => $"History begins {Words.Utc(begins)}, and this stretch of time {Words.Utc(Range.From)}. Choose a shorter one.",
        _ => null,
    };
}
