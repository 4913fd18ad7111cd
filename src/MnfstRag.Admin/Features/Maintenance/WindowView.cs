namespace MnfstRag.Admin.Features.Maintenance;

/// <summary>A maintenance window as pages show it.</summary>
/// <param name="Id">Stable id.</param>
/// <param name="Name">"Sunday night".</param>
/// <param name="Cron">When it opens, five fields.</param>
/// <param name="TimeZone">IANA name of the zone that it is read in.</param>
/// <param name="Minutes">How long it is open.</param>
/// <param name="By">Who made it.</param>
/// <param name="Next">The next times that it opens, UTC.</param>
public sealed record WindowView(Guid Id, string Name, string Cron, string TimeZone, int Minutes, string By, IReadOnlyList<DateTimeOffset> Next)
{
    /// <summary>So many days ahead it is told when windows open and when schedules come.</summary>
    public const int DaysAhead = 28;
}
