namespace MnfstRag.Postgres.Advising;

/// <summary>How much a finding matters. Ordered: the greater, the worse.</summary>
public enum FindingLevel
{
    /// <summary>Worth knowing; nothing is wrong yet.</summary>
    Notice,

    /// <summary>Will hurt if left alone.</summary>
    Warning,

    /// <summary>Hurts now, or within minutes.</summary>
    Critical,
}
