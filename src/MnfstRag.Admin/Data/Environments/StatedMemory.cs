using System.Globalization;

namespace MnfstRag.Admin.Data.Environments;

/// <summary>Memory of an environment's machine as the configuration states it: <c>Environments:&lt;name&gt;:Machine:Memory</c>, "16GB" or "16384MB". A unit is 1024 of the one below, as PostgreSQL counts.</summary>
internal static class StatedMemory
{
    /// <summary>Section of an environment.</summary>
    public const string Section = "Machine";

    /// <summary>Key in it.</summary>
    public const string Memory = "Memory";

    /// <summary>Who measured it, where nobody stated it; development writes this.</summary>
    public const string Origin = "Origin";

    private static readonly (string Unit, long Bytes)[] Units = [("MB", 1L << 20), ("GB", 1L << 30), ("TB", 1L << 40)];

    /// <summary>Bytes; null when it is no amount of memory.</summary>
    public static long? Parse(string? text)
    {
        var trimmed = text?.Trim() ?? "";
        foreach (var (unit, bytes) in Units)
        {
            if (trimmed.EndsWith(unit, StringComparison.OrdinalIgnoreCase)
                && double.TryParse(trimmed.AsSpan(0, trimmed.Length - 2).Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
                && amount * bytes is >= 1L << 26 and <= 1L << 50 and var all)
            {
                return (long)all;
            }
        }

        return null;
    }

    /// <summary>What is wrong with the section; null when nothing is.</summary>
    public static string? Fault(IConfigurationSection machine) =>
        machine.GetChildren().FirstOrDefault(child => !new[] { Memory, Origin }.Contains(child.Key, StringComparer.OrdinalIgnoreCase)) is { } unknown
            ? $"{unknown.Path} is not known; a machine has {Memory}."
            : machine[Memory] is { } stated && Parse(stated) is null
                ? $"{machine.Path}:{Memory} is no amount of memory from 64MB to 1024TB; write it like 16GB."
                : null;
}
