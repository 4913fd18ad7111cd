namespace MnfstRag.Admin.Live;

/// <summary>An environment as a list or a switcher shows it.</summary>
/// <param name="Id">Stable id.</param>
/// <param name="Name">Unique name, as it stands in the URL.</param>
/// <param name="State">How the sampler fares.</param>
/// <param name="Explanation">What is wrong, in words; null when live.</param>
public sealed record EnvironmentStatus(Guid Id, string Name, WatchState State, string? Explanation)
{
    /// <summary>The primary is lost, or there are two: what that means for whoever looks at any page of it; null while all is well.</summary>
    public string? Alarm { get; init; }
}
