namespace MnfstRag.Admin.Hosting.Development;

/// <summary>The configuration section <c>Embedded</c>.</summary>
public sealed record EmbeddedOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Embedded";

    /// <summary>Starts what is not configured: the own store, and a watched server with a sample database.</summary>
    public bool Enabled { get; init; }

    /// <summary>Lets a small workload run on the sample database, so that there is something to see.</summary>
    public bool Workload { get; init; } = true;

    /// <summary>Where the clusters live; null is a directory of this checkout's own.</summary>
    public string? Directory { get; init; }
}
