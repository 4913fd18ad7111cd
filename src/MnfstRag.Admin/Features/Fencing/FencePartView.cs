using MnfstRag.Admin.Live.Fencing;
using MnfstRag.Postgres.Fencing;

namespace MnfstRag.Admin.Features.Fencing;

/// <summary>One of the two scripts: how what it builds stands, and what it would do now.</summary>
/// <param name="Part">Which.</param>
/// <param name="State">How it stands; null when there is no credential to look with.</param>
/// <param name="Reader">The role that it is built for.</param>
/// <param name="HasCredential">That role's credential is set.</param>
/// <param name="MayApply">There is a maintain credential to apply it with.</param>
/// <param name="Print">Names the script as it is shown: what was read is what is applied. Null without a script.</param>
public sealed record FencePartView(FencePart Part, FenceState? State, string Reader, bool HasCredential, bool MayApply, string? Print)
{
    /// <summary>Something of it stands, whole or not: it can be removed, and be tried.</summary>
    public bool Stands => State is { Standing: not (FenceStanding.Absent or FenceStanding.NoProduct) };
}
