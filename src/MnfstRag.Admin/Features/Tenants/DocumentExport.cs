using System.Globalization;
using System.Text.Json;
using CsvHelper;
using MnfstRag.Admin.Data.Tenants;

namespace MnfstRag.Admin.Features.Tenants;

/// <summary>
/// Writes documents as CSV (RFC 4180, with a mark of UTF-8; a cell that a spreadsheet would take for a formula begins with an apostrophe) or
/// JSON, a thousand at a time: neither side holds all of them.
/// </summary>
internal sealed class DocumentExport(TenantDatabases databases, Guid environment, Guid tenant, DocumentFilter filter)
{
    private const int Step = 1000;

    private static readonly CsvWriterOptions Format = CsvWriterOptions.Default with { WriteByteOrderMark = true, Injection = CsvInjection.Escape };

    private static readonly string[] Columns = ["id", "original_name", "filename", "size", "mime_type", "status", "error", "uploader", "created_at", "updated_at", "processed_at"];

    public async Task WriteCsvAsync(Stream stream, CancellationToken cancellationToken)
    {
        await using var csv = CsvWriter.Create(stream, Format, leaveOpen: true);
        await csv.WriteRecordAsync(Columns, cancellationToken);
        await foreach (var one in RowsAsync(cancellationToken))
        {
            await csv.WriteRecordAsync(
            [
                one.Id.ToString(), Kept(one.Name), Kept(one.Filename), one.Size.ToString(CultureInfo.InvariantCulture), Kept(one.Type), one.Status, Kept(one.Error), Kept(one.Uploader),
                Time(one.CreatedAt), Time(one.UpdatedAt), Time(one.ProcessedAt),
            ],
            cancellationToken);
        }

        await csv.FlushAsync(cancellationToken);
    }

    public async Task WriteJsonAsync(Stream stream, CancellationToken cancellationToken)
    {
        await using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        json.WriteStartArray();
        var number = 0;
        await foreach (var one in RowsAsync(cancellationToken))
        {
            JsonSerializer.Serialize(json, new
            {
                id = one.Id, original_name = one.Name, filename = one.Filename, size = one.Size, mime_type = one.Type, status = one.Status, error = one.Error, uploader = one.Uploader,
                created_at = Time(one.CreatedAt), updated_at = Time(one.UpdatedAt), processed_at = Time(one.ProcessedAt),
            });
            if (++number % 200 == 0)
            {
                await json.FlushAsync(cancellationToken);
            }
        }

        json.WriteEndArray();
        await json.FlushAsync(cancellationToken);
    }

    /// <summary>Terminals read exports too: what would act on one is spelled out. A line break stays one, within its quotes.</summary>
    private static string? Kept(string? text) => text is null ? null : Components.VisibleText.Shown(text, lines: true);

    private static string? Time(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    private async IAsyncEnumerable<DocumentLine> RowsAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        PageCursor cursor = new(null, null);
        while (true)
        {
            var from = cursor;
            var rows = await databases.ReadAsync(
                environment,
                tenant,
                async (context, token) => await DocumentsService.LinesAsync(context, await context.PageAsync("page_documents", from.In(filter.ToFence()), Step, token), token),
                cancellationToken);
            foreach (var row in rows)
            {
                yield return row;
            }

            if (rows.Count < Step)
            {
                yield break;
            }

            cursor = new PageCursor(rows[^1].CreatedAt, rows[^1].Id);
        }
    }
}
