namespace MnfstRag.Admin.Features.Tenants;

/// <summary>What an error that the product wrote means, in words that name no document.</summary>
/// <param name="Name">The kind of failure: failures are grouped by it.</param>
/// <param name="Means">What happened.</param>
/// <param name="Cure">What helps.</param>
public sealed record FailureWords(string Name, string Means, string Cure)
{
    private static readonly (string[] Signs, FailureWords Words)[] Known =
    [
        (["429", "rate limit", "too many requests", "quota"], new("The embedding service was busy", "It refused requests because there were too many.", "Mark the documents as uploaded again later, a few at a time.")),
        (["password protected", "encrypted", "password-protected"], new("Protected by a password", "The file cannot be opened without its password.", "Upload it again without the password. Trying again as it is fails again.")),
        (["no text", "text layer", "empty document", "could not extract"], new("No text in it", "The file holds pictures of pages, or nothing.", "Upload it again after text recognition (OCR). Trying again as it is fails again.")),
        (["timed out", "timeout", "deadline"], new("It took too long", "A step of processing was stopped by its time limit.", "Mark it as uploaded again; a very long document may have to be split.")),
        (["encoding", "utf-8", "codec", "decode"], new("The text's encoding is not understood", "Bytes of the file are not text in UTF-8.", "Save it as UTF-8 and upload it again.")),
        (["dimension", "vector store", "embedding model"], new("The vector store refused it", "The embeddings do not fit those that are stored: the model was changed.", "An administrator looks at the embedding model's settings first; then mark the documents as uploaded.")),
        (["unsupported", "mime", "file type", "format"], new("The type of file is not supported", "The product does not read this kind of file.", "Upload it in another format.")),
        (["connection", "unreachable", "refused", "dns", "503", "502"], new("A service could not be reached", "Something that processing needs did not answer.", "Once it answers again, mark the documents as uploaded.")),
        (["memory", "out of memory", "oom"], new("Not enough memory", "The document was too large for the worker.", "Split it, or give the worker more memory; then mark it as uploaded.")),
    ];

    /// <summary>An error that says nothing.</summary>
    public static FailureWords None { get; } = new("No reason was written", "The product marked it as failed and wrote no reason.", "Mark it as uploaded again and see what it says then; the backend's log may have more.");

    /// <summary>An error of no known kind.</summary>
    public static FailureWords Other { get; } = new("Another reason", "The product's own words say more.", "Mark it as uploaded again; if it fails the same way, the backend's log has the details.");

    /// <summary>The kind of an error.</summary>
    public static FailureWords Of(string? error) => string.IsNullOrWhiteSpace(error) ? None
        : Known.FirstOrDefault(one => one.Signs.Any(sign => error.AsSpan(0, Math.Min(error.Length, 2000)).Contains(sign, StringComparison.OrdinalIgnoreCase))).Words ?? Other;
}
