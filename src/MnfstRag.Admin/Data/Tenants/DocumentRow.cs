namespace MnfstRag.Admin.Data.Tenants;

/// <summary>A row of the fence's view <c>documents</c>.</summary>
public sealed class DocumentRow
{
    public Guid Id { get; init; }

    public string Filename { get; init; } = "";

    public string OriginalName { get; init; } = "";

    /// <summary>Bytes.</summary>
    public long Size { get; init; }

    public string MimeType { get; init; } = "";

    /// <summary>uploaded, processing, processed or error.</summary>
    public string Status { get; init; } = "";

    public DateTimeOffset? ProcessedAt { get; init; }

    public string? Error { get; init; }

    public Guid UserId { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }
}
