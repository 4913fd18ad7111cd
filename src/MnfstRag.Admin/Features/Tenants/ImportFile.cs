using System.Globalization;
using System.Text;
using System.Text.Json;
using CsvHelper;

namespace MnfstRag.Admin.Features.Tenants;

/// <summary>Reads a file of records and tells all that is wrong with each row.</summary>
internal static class ImportFile
{
    /// <summary>Bytes of a file.</summary>
    public const int Largest = 5 * 1024 * 1024;

    /// <summary>Rows of a file.</summary>
    public const int MostRows = 10_000;

    /// <summary>The product's own limit of a document (its schema guide): 50 MB.</summary>
    private const long LargestDocument = 52_428_800;

    private static readonly CsvReaderOptions Format = CsvReaderOptions.Default with { TrackLineNumbers = true, MalformedData = CsvMalformedDataHandling.Throw, IncludeValuesInExceptions = false };

    private static readonly string[] Known = ["original_name", "filename", "size", "mime_type", "status", "uploader", "error", "processed_at", "created_at"];
    private static readonly string[] Needed = ["original_name", "size", "mime_type", "status", "uploader"];

    public static ImportCheck Read(string fileName, ReadOnlyMemory<byte> content, DateTimeOffset now)
    {
        if (content.Length > Largest)
        {
            return Whole($"The file is larger than {Largest / 1024 / 1024} MB. Split it.");
        }

        string text;
        try
        {
            text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(content.Span).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            return Whole("The file is not text in UTF-8. Save it as UTF-8.");
        }

        try
        {
            var rows = fileName.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? Json(text) : Csv(text);
            return Judge([.. rows.Take(MostRows + 1)], now);
        }
        catch (CsvFormatException fault)
        {
            return Whole($"It is no CSV that can be read: line {fault.LineNumber}.");
        }
        catch (FormatException fault)
        {
            return Whole(fault.Message);
        }
        catch (JsonException fault)
        {
            return Whole($"It is no JSON: line {fault.LineNumber + 1}.");
        }
    }

    private static ImportCheck Judge(List<(int Line, Dictionary<string, string> Cells)> rows, DateTimeOffset now)
    {
        if (rows.Count > MostRows)
        {
            return Whole($"The file has more than {MostRows:N0} rows. Split it.");
        }

        var (records, faults) = (new List<ImportRecord>(), new List<ImportFault>());
        foreach (var (line, cells) in rows)
        {
            var before = faults.Count;
            var record = ImportRow.Of(line, cells, LargestDocument, now, words => faults.Add(new ImportFault(line, words)));
            if (faults.Count == before)
            {
                records.Add(record);
            }
        }

        return rows.Count == 0 ? Whole("The file has no rows.") : new ImportCheck(rows.Count, faults) { Records = records };
    }

    private static IEnumerable<(int Line, Dictionary<string, string> Cells)> Csv(string text)
    {
        using var csv = CsvReader.FromText(text, Format);
        csv.ReadHeader();
        var names = csv.Headers.Select(name => name.Trim().ToLowerInvariant()).ToArray();
        Check(names);
        while (csv.Read())
        {
            var cells = new Dictionary<string, string>(StringComparer.Ordinal);
            for (var column = 0; column < Math.Min(names.Length, csv.FieldCount); column++)
            {
                cells[names[column]] = Unescaped(csv.GetString(column));
            }

            yield return ((int)csv.LineNumber, cells);
        }
    }

    /// <summary>An apostrophe that an export put before a formula goes again.</summary>
    private static string Unescaped(string cell) => cell is ['\'', '=' or '+' or '-' or '@' or '\t' or '\r', ..] ? cell[1..] : cell;

    private static IEnumerable<(int Line, Dictionary<string, string> Cells)> Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        if (document.RootElement.ValueKind != JsonValueKind.Array)
        {
            throw new FormatException("A JSON file holds one array of objects.");
        }

        var number = 0;
        foreach (var row in document.RootElement.EnumerateArray())
        {
            number++;
            if (row.ValueKind != JsonValueKind.Object)
            {
                throw new FormatException($"Entry {number} is no object.");
            }

            var cells = row.EnumerateObject().Where(one => one.Value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined))
                .GroupBy(one => one.Name.ToLowerInvariant()).ToDictionary(group => group.Key, group => group.Last().Value.ToString(), StringComparer.Ordinal);
            // What an entry lacks is a fault of that entry, like an empty cell.
            Check([.. cells.Keys, .. Needed], entry: number);
            yield return (number, cells);
        }
    }

    private static void Check(IReadOnlyList<string> names, int? entry = null)
    {
        var unknown = names.Where(name => !Known.Contains(name)).ToList();
        var missing = Needed.Where(name => !names.Contains(name)).ToList();
        if (unknown.Count + missing.Count > 0)
        {
            var where = entry is null ? "The head of the file" : $"Entry {entry}";
            throw new FormatException($"{where} {(missing.Count > 0 ? $"lacks {string.Join(", ", missing)}" : $"has {string.Join(", ", unknown)}, which is no field of a record")}. Fields are {string.Join(", ", Known)}.");
        }
    }

    private static ImportCheck Whole(string words) => new(0, [new ImportFault(0, words)]);
}
