namespace MnfstRag.Admin.Features.Queries;

/// <summary>One statement over the chosen time.</summary>
/// <param name="Subject">Its key in history and in links.</param>
/// <param name="Text">Masked text; null while the store has none.</param>
/// <param name="Database">Its database.</param>
/// <param name="User">Its role.</param>
/// <param name="Calls">Calls that ended.</param>
/// <param name="ExecMs">Their time, milliseconds.</param>
/// <param name="Share">Part of the time of all statements, 0–1.</param>
/// <param name="MaxMs">The slowest call; null when none was slower than one before the chosen time.</param>
/// <param name="LifetimeMaxMs">The slowest call since the server began to count; null when the entry is gone.</param>
/// <param name="Rows">Rows returned or changed.</param>
/// <param name="Hit">Part of its blocks that was found in shared buffers, 0–1; null when it asked for none.</param>
/// <param name="IoMs">Milliseconds of reading and writing; null when not measured.</param>
/// <param name="TempBlocks">Temporary blocks.</param>
/// <param name="WalBytes">WAL; null when the extension is too old to say.</param>
/// <param name="PreviousMeanMs">Its mean time in the time of the same length before; null when it was not called.</param>
/// <param name="PreviousCalls">Its calls then.</param>
/// <param name="IsNew">It was first seen in the chosen time, and what came before is known.</param>
public sealed record QueryRow(
    string Subject,
    string? Text,
    string? Database,
    string? User,
    double Calls,
    double ExecMs,
    double Share,
    double? MaxMs,
    double? LifetimeMaxMs,
    double Rows,
    double? Hit,
    double? IoMs,
    double TempBlocks,
    double? WalBytes,
    double? PreviousMeanMs,
    double PreviousCalls,
    bool IsNew)
{
    /// <summary>Slower by this factor, and by <see cref="LeastSlower"/>, over at least <see cref="LeastCalls"/> calls each time, is a regression.</summary>
    public const double Regression = 2;

    /// <summary>Milliseconds.</summary>
    public const double LeastSlower = 5;

    /// <summary>Calls in both times.</summary>
    public const double LeastCalls = 5;

    /// <summary>Mean time of a call, milliseconds.</summary>
    public double MeanMs => Calls > 0 ? ExecMs / Calls : 0;

    /// <summary>Much slower than in the time before.</summary>
    public bool IsRegressed =>
        PreviousMeanMs is { } before && Calls >= LeastCalls && PreviousCalls >= LeastCalls && MeanMs >= Regression * before && MeanMs - before >= LeastSlower;
}
