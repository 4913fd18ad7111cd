using Microsoft.EntityFrameworkCore;
using MnfstRag.Admin.Data.Tenants;
using Npgsql;
using NpgsqlTypes;

namespace MnfstRag.Admin.Features.Tenants;

/// <summary>Rows of a file through the fence: copied into its temporary table, checked there, and made documents by one statement.</summary>
internal static class ImportCopy
{
    private const string Copy = "COPY pg_temp.mnfst_admin_import (line, filename, original_name, size, mime_type, status, uploader, error, processed_at, created_at) FROM STDIN (FORMAT BINARY)";

    public static async Task CopyAsync(TenantContext context, NpgsqlConnection connection, IReadOnlyList<ImportRecord> records, CancellationToken cancellationToken)
    {
        await context.Database.ExecuteSqlAsync($"SELECT mnfst_admin.begin_import()", cancellationToken);
        await using var copy = await connection.BeginBinaryImportAsync(Copy, cancellationToken);
        foreach (var one in records)
        {
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(one.Line, NpgsqlDbType.Integer, cancellationToken);
            await copy.WriteAsync(one.Filename, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(one.OriginalName, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(one.Size, NpgsqlDbType.Bigint, cancellationToken);
            await copy.WriteAsync(one.MimeType, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(one.Status, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(one.Uploader, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(one.Error, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(one.ProcessedAt, NpgsqlDbType.TimestampTz, cancellationToken);
            await copy.WriteAsync(one.CreatedAt, NpgsqlDbType.TimestampTz, cancellationToken);
        }

        await copy.CompleteAsync(cancellationToken);
    }

    public static async Task<IReadOnlyList<ImportFault>> FaultsAsync(TenantContext context, IReadOnlyList<ImportRecord> records, CancellationToken cancellationToken)
    {
        var uploaders = records.ToDictionary(one => one.Line, one => one.Uploader);
        var found = await context.Database.SqlQuery<LineFault>($"SELECT f.line AS \"Line\", f.fault AS \"Fault\" FROM mnfst_admin.import_faults() AS f").ToListAsync(cancellationToken);
        return [.. found.Select(one => new ImportFault(one.Line, one.Fault == "none"
            ? $"uploader: {uploaders[one.Line]} is no user of this tenant."
            : $"uploader: several users of this tenant are called {uploaders[one.Line]}. Name the one by their id."))];
    }

    public static async Task<ImportReport> RunAsync(TenantContext context, NpgsqlConnection connection, ImportCheck read, bool skipFaulty, CancellationToken cancellationToken)
    {
        await CopyAsync(context, connection, read.Records, cancellationToken);
        var faults = await FaultsAsync(context, read.Records, cancellationToken);
        IReadOnlyList<ImportFault> all = [.. read.Faults.Concat(faults).OrderBy(one => one.Line)];
        if (faults.Count > 0 && !skipFaulty)
        {
            return new ImportReport(0, all, "Nothing was imported: the file has faults.");
        }

        var made = await context.Database.SqlQuery<long>($"SELECT mnfst_admin.import_documents({skipFaulty}) AS \"Value\"").SingleAsync(cancellationToken);
        return new ImportReport(made, all);
    }

    private sealed class LineFault
    {
        public int Line { get; init; }

        public string Fault { get; init; } = "";
    }
}
