using MnfstRag.Admin.Components;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Features.Tables;

/// <summary>What the own store remembers of the sizes of tables over a stretch of time.</summary>
/// <param name="Range">The stretch.</param>
/// <param name="Sizes">Total size in bytes over the stretch by <see cref="TableRow.Key"/>, oldest first, null in a gap; a table that did not change is left out.</param>
/// <param name="Begins">When history began, as far as the stretch tells; null when it holds nothing.</param>
/// <param name="Fault">Why nothing is known, in words; null when the store answered.</param>
public sealed record TableGrowth(TimeRange Range, IReadOnlyDictionary<string, IReadOnlyList<double?>> Sizes, DateTimeOffset? Begins, string? Fault)
{
    /// <summary>The store keeps a row a minute, and writes it a little later.</summary>
    private static readonly TimeSpan Leeway = TimeSpan.FromMinutes(2);

    /// <summary>Bytes that a table grew by (below zero: shrank) within the stretch; null where that is not known.</summary>
    public long? Of(TableRow row) => Missing is not null ? null : Sizes.TryGetValue(row.Key, out var sizes) ? Change(sizes) : 0;

    /// <summary>Why growth over the stretch is not known; null when it is.</summary>
    public string? Missing => this switch
    {
        { Fault: { } fault } => fault,
        { Begins: null } => "Nothing was recorded in this stretch of time: the dashboard did not watch, or has just begun to.",
        { Begins: { } begins } when begins > Range.From + Leeway => $"History begins {Words.Utc(begins)}, and this stretch of time {Words.Utc(Range.From)}. Choose a shorter one.",
        _ => null,
    };

    private static long? Change(IReadOnlyList<double?> sizes) =>
        sizes.FirstOrDefault(size => size is not null) is { } first && sizes.LastOrDefault(size => size is not null) is { } last ? (long)(last - first) : null;
}
