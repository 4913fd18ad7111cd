namespace MnfstRag.Admin.Live.Sampling;

/// <summary>Which instance of the dashboard samples.</summary>
internal interface ILeadership
{
    /// <summary>How this instance stands now.</summary>
    Standing Standing { get; }

    /// <summary>The standing changed. Raised on any thread.</summary>
    event Action? Changed;
}
