namespace MnfstRag.Admin.Features.Tenants;

/// <summary>A document in the list and in its panel.</summary>
/// <param name="Id">Its identity.</param>
/// <param name="Name">As it was called when it was uploaded.</param>
/// <param name="Filename">As the product stored it.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Type">MIME type.</param>
/// <param name="Status">One of <see cref="DocumentStates.All"/>.</param>
/// <param name="Error">What the product wrote when it failed.</param>
/// <param name="UploaderId">Who uploaded it.</param>
/// <param name="Uploader">Their e-mail; null when they are gone.</param>
/// <param name="CreatedAt">When it was uploaded.</param>
/// <param name="UpdatedAt">When the row last changed.</param>
/// <param name="ProcessedAt">When processing ended well.</param>
public sealed record DocumentLine(
    Guid Id, string Name, string Filename, long Size, string Type, string Status, string? Error, Guid UploaderId, string? Uploader,
    DateTimeOffset? CreatedAt, DateTimeOffset? UpdatedAt, DateTimeOffset? ProcessedAt);
