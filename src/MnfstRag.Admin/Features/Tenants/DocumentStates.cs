using MnfstRag.Admin.Components;

namespace MnfstRag.Admin.Features.Tenants;

/// <summary>The four states of a document, in the order in which it passes them.</summary>
public static class DocumentStates
{
    public const string Uploaded = "uploaded";
    public const string Processing = "processing";
    public const string Processed = "processed";
    public const string Error = "error";

    /// <summary>So long in processing is stuck.</summary>
    public static readonly TimeSpan Stuck = TimeSpan.FromHours(1);

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<string> All = [Uploaded, Processing, Processed, Error];

    /// <summary>For a person.</summary>
    public static string Word(string status) => status switch { Error => "failed", _ => status };

    /// <summary>How loud it is: good is silent.</summary>
    public static Tone Tone(string status) => status switch
    {
        Error => Components.Tone.Critical,
        Processing => Components.Tone.Notice,
        Processed => Components.Tone.Quiet,
        _ => Components.Tone.Unknown,
    };
}
