using MnfstRag.Postgres.Advising;

namespace MnfstRag.Admin.Components.Parts;

/// <summary>How a finding's level is said and shown.</summary>
public static class FindingTones
{
    /// <summary>Its tone.</summary>
    public static Tone Tone(this FindingLevel level) => level switch
    {
        FindingLevel.Critical => Components.Tone.Critical,
        FindingLevel.Warning => Components.Tone.Warning,
        _ => Components.Tone.Notice,
    };

    /// <summary>"warning".</summary>
    public static string Word(this FindingLevel level) => level switch
    {
        FindingLevel.Critical => "critical",
        FindingLevel.Warning => "warning",
        _ => "notice",
    };

    /// <summary>Css class of a notice in that tone.</summary>
    public static string Css(this FindingLevel level) => level switch
    {
        FindingLevel.Critical => "notice-critical",
        FindingLevel.Warning => "notice-warning",
        _ => "notice-info",
    };
}
