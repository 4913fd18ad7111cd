namespace MnfstRag.Admin.Components;

/// <summary>How loud something is. Good is silent.</summary>
public enum Tone
{
    /// <summary>Nothing to say.</summary>
    Quiet,

    /// <summary>Worth knowing. Blue.</summary>
    Notice,

    /// <summary>Needs an eye soon. Amber.</summary>
    Warning,

    /// <summary>Needs a hand now. Red.</summary>
    Critical,

    /// <summary>Not known. Grey.</summary>
    Unknown,
}
