using MnfstRag.Admin.Live.Findings;

namespace MnfstRag.Admin.Features.Overview;

/// <summary>Something wrong, and where.</summary>
/// <param name="Environment">Name of the environment.</param>
/// <param name="Weighed">What is wrong, and whether it is put aside.</param>
public sealed record EnvironmentFinding(string Environment, WeighedFinding Weighed)
{
    /// <summary>Names it among all of them.</summary>
    public string Key => $"{Environment}\n{Weighed.Finding.Key}";
}
