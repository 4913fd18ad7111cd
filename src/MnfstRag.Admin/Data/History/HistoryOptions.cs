namespace MnfstRag.Admin.Data.History;

/// <summary>How long the own store remembers. Section <c>History</c>.</summary>
public sealed class HistoryOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "History";

    /// <summary>Whole days for which minutes are kept, the present one not counted: 1 keeps 24 to 48 hours. 1 to 7.</summary>
    public int MinuteDays { get; set; } = 1;

    /// <summary>Days for which hours, lock trees and events are kept. 7 to 400.</summary>
    public int HourDays { get; set; } = 30;
}
