using System.Globalization;

namespace MnfstRag.Admin.Features.Tenants;

/// <summary>Makes a record of one row's cells, and tells all that is wrong with them, not the first alone.</summary>
internal static class ImportRow
{
    private const int LongestName = 255;
    private const int LongestType = 100;

    public static ImportRecord Of(int line, Dictionary<string, string> cells, long largest, DateTimeOffset now, Action<string> fault)
    {
        string Cell(string name) => cells.GetValueOrDefault(name, "").Trim();
        string Text(string name, int longest, bool needed = true)
        {
            var value = Cell(name);
            if (needed && value.Length == 0)
            {
                fault($"{name}: it is empty.");
            }
            else if (value.Length > longest)
            {
                fault($"{name}: {value.Length} characters; at most {longest} are kept.");
            }
            else if (value.Any(char.IsControl))
            {
                fault($"{name}: it holds control characters.");
            }

            return value;
        }

        DateTimeOffset? Time(string name)
        {
            if (Cell(name) is not { Length: > 0 } value)
            {
                return null;
            }

            if (!DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at))
            {
                fault($"{name}: \"{Shown(value)}\" is no time; write it like 2026-03-01T09:30:00Z.");
                return null;
            }

            if (at > now.AddDays(1) || at.Year < 2000)
            {
                fault($"{name}: {value} is not between 2000 and now.");
            }

            return at;
        }

        var original = Text("original_name", LongestName);
        var filename = Text("filename", LongestName, needed: false) is { Length: > 0 } given ? given : original;
        var type = Text("mime_type", LongestType);
        if (type.Length > 0 && type.Count(letter => letter == '/') != 1)
        {
            fault($"mime_type: \"{Shown(type)}\" is none; write it like application/pdf.");
        }

        if (!long.TryParse(Cell("size"), NumberStyles.None, CultureInfo.InvariantCulture, out var size) || size is < 1 || size > largest)
        {
            fault($"size: \"{Shown(Cell("size"))}\" is no number of bytes from 1 to {largest}.");
        }

        var status = Cell("status").ToLowerInvariant();
        if (!DocumentStates.All.Contains(status))
        {
            fault($"status: \"{Shown(Cell("status"))}\" is none of {string.Join(", ", DocumentStates.All)}.");
        }

        var uploader = Text("uploader", LongestName);
        var error = Text("error", 4000, needed: false) is { Length: > 0 } words ? words : null;
        return new ImportRecord(line, filename, original, size, type, status, uploader, error, Time("processed_at"), Time("created_at"));
    }

    private static string Shown(string value) => value.Length <= 40 ? value : string.Concat(value.AsSpan(0, 40), "…");
}
