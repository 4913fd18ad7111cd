using MnfstRag.Admin.Components.Grids;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Features.Server;

/// <summary>One setting in the grid.</summary>
/// <param name="Setting">As the server has it.</param>
public sealed record SettingRow(ServerSetting Setting)
{
    /// <summary>Columns of the grid.</summary>
    public static IReadOnlyList<GridColumn<SettingRow>> Columns { get; } =
    [
        new("name", "Setting", "As the server writes it", row => row.Setting.Name),
        new("value", "Value", "With its unit"),
        new("default", "By itself", "What it is when nobody sets it, in the setting's own unit"),
        new("source", "Set by", "Where the value comes from", row => row.Setting.Source),
        new("change", "A change needs", "What must happen before a new value is in force", row => Change(row.Setting.Context)),
    ];

    /// <summary>What a change takes, in words.</summary>
    public static string Change(string context) => context switch
    {
        "postmaster" => "restart",
        "sighup" => "reload",
        "internal" => "cannot be changed",
        "superuser" or "superuser-backend" => "a superuser",
        "backend" => "a new connection",
        _ => "nothing",
    };

    /// <summary>Name of the file without its directory, and the line.</summary>
    public string Origin => Setting.File is { } file
        ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{file[(file.LastIndexOf('/') + 1)..]}:{Setting.Line}")
        : Setting.Source;
}
