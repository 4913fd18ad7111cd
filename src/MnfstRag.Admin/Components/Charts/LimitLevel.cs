namespace MnfstRag.Admin.Components.Charts;

/// <summary>What reaching a limit means.</summary>
public enum LimitLevel
{
    /// <summary>A mark to compare with. Grey, dotted.</summary>
    Reference,

    /// <summary>Amber, dashed.</summary>
    Warning,

    /// <summary>Nothing goes beyond it. Red, whole.</summary>
    Hard,
}
