using MnfstRag.Admin.Live.Fencing;

namespace MnfstRag.Admin.Features.Fencing;

/// <summary>What a person orders on the page.</summary>
/// <param name="Part">Which script.</param>
/// <param name="Print">The script that was read.</param>
/// <param name="Password">Their own, again.</param>
public sealed record FenceOrder(FencePart Part, string? Print, string Password)
{
    /// <summary>Without the password.</summary>
    public override string ToString() => $"{Part} {Print}";
}
