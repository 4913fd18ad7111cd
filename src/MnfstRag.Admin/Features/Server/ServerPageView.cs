using System.Runtime.CompilerServices;
using MnfstRag.Admin.Components.Grids;
using MnfstRag.Admin.Live;
using MnfstRag.Postgres.Advising;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Features.Server;

/// <summary>What the page shows of one snapshot under one URL.</summary>
/// <param name="Settings">Every setting that the role sees; null before the first reading.</param>
/// <param name="Advice">Held against the guide.</param>
/// <param name="Missing">What cannot be watched, or in part.</param>
/// <param name="Past">What history knows of the range; null before it was asked.</param>
/// <param name="Chips">Ready filters with their counts.</param>
/// <param name="Rows">Settings, filtered and sorted.</param>
/// <param name="Open">The setting in the side panel; null when none is.</param>
public sealed record ServerPageView(
    Held<SettingsReading>? Settings,
    IReadOnlyList<SettingAdvice> Advice,
    IReadOnlyList<Availability> Missing,
    ServerPast? Past,
    IReadOnlyList<FilterChip> Chips,
    List<SettingRow> Rows,
    ServerSetting? Open)
{
    /// <summary>Parameter that opens a setting.</summary>
    public const string OpenParameter = "setting";

    /// <summary>Key of the chip that leaves every setting.</summary>
    public const string All = "all";

    private static readonly ConditionalWeakTable<SettingsReading, IReadOnlyList<SettingRow>> Made = [];

    /// <summary>Works it out. Settings that somebody changed are shown until another filter or a search asks for more.</summary>
    public static ServerPageView Of(EnvironmentSnapshot snapshot, ServerPast? past, GridUrl url)
    {
        var missing = Judgement.Lacks(snapshot);
        if (snapshot.Slow.Of(SettingsReader.Instance) is not { } held)
        {
            return new ServerPageView(null, [], missing, past, [], [], null);
        }

        var rows = Made.GetValue(held.Value, reading => [.. reading.Settings.Values.OrderBy(setting => setting.Name, StringComparer.OrdinalIgnoreCase).Select(setting => new SettingRow(setting))]);
        var kept = rows.Where(row => Chosen(url, row.Setting) && Matches(row.Setting, url[GridUrl.Find])).ToList();
        var sorted = SettingRow.Columns.FirstOrDefault(column => column.Key == url.Sort && column.By is not null) ?? SettingRow.Columns[0];
        return new ServerPageView(
            held,
            SettingsGuide.Judge(held.Value, snapshot.Memory),
            missing,
            past,
            [
                new("changed", "Changed", "Somebody set them, and to something else than they are by themselves", rows.Count(row => row.Setting.IsChanged)),
                new("restart", "Waiting for a restart", "The files say something else, which a restart would bring into force", held.Value.PendingRestart.Count),
                new(All, "All", "Every setting that the watching role sees", rows.Count),
            ],
            sorted.Sort(kept, url.Descending),
            url[OpenParameter] is { } open ? held.Value[open] : null);
    }

    private static bool Chosen(GridUrl url, ServerSetting setting) => (url[GridUrl.Only] ?? (url[GridUrl.Find] is null ? "changed" : All)) switch
    {
        "changed" => setting.IsChanged,
        "restart" => setting.PendingRestart,
        _ => true,
    };

    private static bool Matches(ServerSetting setting, string? text) =>
        text is null || setting.Name.Contains(text, StringComparison.OrdinalIgnoreCase) || setting.Description.Contains(text, StringComparison.OrdinalIgnoreCase);
}
