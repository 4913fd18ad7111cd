using MnfstRag.Admin.Components;

namespace MnfstRag.Admin.Features.Tenants;

/// <summary>MIME types as people call them.</summary>
public static class DocumentTypes
{
    private static readonly Dictionary<string, string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["application/pdf"] = "PDF",
        ["application/vnd.openxmlformats-officedocument.wordprocessingml.document"] = "Word",
        ["application/msword"] = "Word, old",
        ["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"] = "Excel",
        ["application/vnd.openxmlformats-officedocument.presentationml.presentation"] = "PowerPoint",
        ["text/plain"] = "Text",
        ["text/markdown"] = "Markdown",
        ["text/csv"] = "CSV",
        ["text/html"] = "HTML",
        ["application/json"] = "JSON",
    };

    /// <summary>"PDF"; the type itself where it has no other name.</summary>
    public static string Word(string type) => Known.GetValueOrDefault(type) ?? VisibleText.Shown(type);
}
