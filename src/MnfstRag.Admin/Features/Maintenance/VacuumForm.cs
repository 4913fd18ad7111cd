using System.Globalization;
using MnfstRag.Postgres.Maintaining;

namespace MnfstRag.Admin.Features.Maintenance;

/// <summary>What a person has picked of VACUUM's options. Empty texts leave a choice to the server.</summary>
public sealed class VacuumForm
{
    /// <summary>ANALYZE.</summary>
    public bool Analyze { get; set; } = true;

    /// <summary>FULL.</summary>
    public bool Full { get; set; }

    /// <summary>FREEZE.</summary>
    public bool Freeze { get; set; }

    /// <summary>DISABLE_PAGE_SKIPPING.</summary>
    public bool EveryPage { get; set; }

    /// <summary>SKIP_LOCKED.</summary>
    public bool SkipLocked { get; set; }

    /// <summary>VERBOSE.</summary>
    public bool Verbose { get; set; }

    /// <summary>SKIP_DATABASE_STATS (16+).</summary>
    public bool SkipDatabaseStatistics { get; set; }

    /// <summary>ONLY (18+).</summary>
    public bool Only { get; set; }

    /// <summary>"main": PROCESS_TOAST off; "toast": PROCESS_MAIN off (16+); else both.</summary>
    public string Parts { get; set; } = "";

    /// <summary>INDEX_CLEANUP: "on", "off".</summary>
    public string IndexCleanup { get; set; } = "";

    /// <summary>TRUNCATE: "on", "off".</summary>
    public string Truncate { get; set; } = "";

    /// <summary>PARALLEL: a count.</summary>
    public string Workers { get; set; } = "";

    /// <summary>BUFFER_USAGE_LIMIT (16+): kilobytes; 0 for no limit.</summary>
    public string BufferLimit { get; set; } = "";

    /// <summary>The operation. What a rewrite has no use for is left out of one.</summary>
    public VacuumTable Of(MaintenanceTarget table)
    {
        var common = new VacuumTable(table) { Analyze = Analyze, Freeze = Freeze, SkipLocked = SkipLocked, Verbose = Verbose, SkipDatabaseStatistics = SkipDatabaseStatistics, Only = Only };
        return Full
            ? common with { Full = true, BufferLimitKilobytes = Analyze ? Number(BufferLimit) : null }
            : common with
            {
                EveryPage = EveryPage,
                SkipToast = Parts == "main",
                SkipMain = Parts == "toast",
                IndexCleanup = Switch(IndexCleanup),
                Truncate = Switch(Truncate),
                Workers = Number(Workers),
                BufferLimitKilobytes = Number(BufferLimit),
            };
    }

    /// <summary>A picked size in kilobytes; null where none was picked.</summary>
    internal static int? Number(string picked) => int.TryParse(picked, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static bool? Switch(string picked) => picked switch { "on" => true, "off" => false, _ => null };
}
