namespace MnfstRag.Admin.Features.Tenants;

/// <summary>A record of a document as a file gives it.</summary>
internal sealed record ImportRecord(int Line, string Filename, string OriginalName, long Size, string MimeType, string Status, string Uploader, string? Error, DateTimeOffset? ProcessedAt, DateTimeOffset? CreatedAt);
