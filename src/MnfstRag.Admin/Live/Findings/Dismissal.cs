using MnfstRag.Admin.Data.Entities;

namespace MnfstRag.Admin.Live.Findings;

/// <summary>Why a finding is put aside.</summary>
/// <param name="Reason">In the words of who did it.</param>
/// <param name="By">Their name.</param>
/// <param name="At">When.</param>
/// <param name="ExpiresAt">The finding comes back then; null: not by itself.</param>
public sealed record Dismissal(string Reason, string By, DateTimeOffset At, DateTimeOffset? ExpiresAt)
{
    /// <summary>Whether it still holds.</summary>
    public bool Holds(DateTimeOffset now) => ExpiresAt is not { } end || now < end;

    internal static Dismissal Of(DismissalRow row) => new(row.Reason, row.By, row.At, row.ExpiresAt);
}
