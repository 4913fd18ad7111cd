namespace MnfstRag.Postgres.Watching;

/// <summary>One row of <c>pg_settings</c> (14–18).</summary>
/// <param name="Name">As the server writes it.</param>
/// <param name="Text">The value with its unit ("128MB"); null when <see cref="Withheld"/> says why it was not read.</param>
/// <param name="Value">The value in <paramref name="Unit"/>; null when it was not read.</param>
/// <param name="Unit">"8kB", "kB", "MB", "B", "ms", "s", "min"; null without one.</param>
/// <param name="Category">The manual's chapter.</param>
/// <param name="Description">What it is, in the server's words.</param>
/// <param name="Context">Who may change it and when: "postmaster" needs a restart, "sighup" a reload.</param>
/// <param name="Source">Where the value comes from: "default", "configuration file", "command line", "database", "user" …</param>
/// <param name="Default">What it is when nobody sets it (<c>boot_val</c>).</param>
/// <param name="File">The file that sets it; null when none does, or when hidden from the role.</param>
/// <param name="Line">The line in <paramref name="File"/>.</param>
/// <param name="PendingRestart">The file says something else, which a restart would bring into force. True only after a reload.</param>
/// <param name="Withheld">Why the value is not read; null when it is.</param>
public sealed record ServerSetting(
    string Name,
    string? Text,
    string? Value,
    string? Unit,
    string Category,
    string Description,
    string Context,
    string Source,
    string? Default,
    string? File,
    int? Line,
    bool PendingRestart,
    string? Withheld)
{
    private const long Kilo = 1024;

    private static readonly (string Name, decimal Size)[] Sizes = [("TB", 1L << 40), ("GB", 1 << 30), ("MB", 1 << 20), ("16kB", 16 * Kilo), ("8kB", 8 * Kilo), ("kB", Kilo), ("B", 1)];
    private static readonly (string Name, decimal Size)[] Times = [("d", 86_400_000_000), ("h", 3_600_000_000), ("min", 60_000_000), ("s", 1_000_000), ("ms", 1_000), ("us", 1)];

    /// <summary>"bool", "integer", "real", "enum", "string" (vartype).</summary>
    public string Kind { get; init; } = "string";

    /// <summary><see cref="Default"/> with its unit, as SHOW would write it ("128MB", "5min"); null when it was not read.</summary>
    public string? DefaultText => Unit is { } unit && decimal.TryParse(Default, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var number) && number > 0
        ? InLargest(number, unit, Sizes) ?? InLargest(number, unit, Times) ?? Default + unit
        : Default;

    /// <summary>Somebody set it, and to something else than it is by itself. What the server fixes when it is built or started does not count.</summary>
    public bool IsChanged => Source is not ("default" or "override") && Category != "Preset Options" && Value is not null && Value != Default;

    /// <summary>A change needs a restart of the server.</summary>
    public bool NeedsRestart => Context == "postmaster";

    /// <summary>The value in bytes; null where it is none, or not read. −1 ("none", "automatic") is no number of bytes.</summary>
    public long? Bytes => Number is { } number and >= 0 ? Unit switch
    {
        "B" => (long)number,
        "kB" => (long)number * Kilo,
        "8kB" => (long)number * 8 * Kilo,
        "16kB" => (long)number * 16 * Kilo,
        "MB" => (long)number * Kilo * Kilo,
        _ => null,
    } : null;

    /// <summary>The value as a number, in <see cref="Unit"/>; null where it is none.</summary>
    public double? Number => double.TryParse(Value, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Members of a list such as shared_preload_libraries, without quotes.</summary>
    public IEnumerable<string> Members => (Value ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(member => member.Trim('"'));

    /// <summary>In the largest unit in which it is whole. Blocks are units of what is stored, never of what is shown.</summary>
    private static string? InLargest(decimal number, string unit, (string Name, decimal Size)[] units) =>
        units.FirstOrDefault(one => one.Name == unit) is { Name: not null } known
        && units.FirstOrDefault(one => one.Name is not ("16kB" or "8kB") && number * known.Size % one.Size == 0) is { Name: not null } largest
            ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{number * known.Size / largest.Size:0.######}{largest.Name}")
            : null;
}
