using MnfstRag.Admin.Data.Fencing;
using MnfstRag.Postgres.Fencing;

namespace MnfstRag.Admin.Features.Fencing;

/// <summary>The fence's page of one environment.</summary>
/// <param name="Environment">Environment's name.</param>
/// <param name="Fence">The tenants' fence.</param>
/// <param name="SignIn">The sign-in function.</param>
/// <param name="EnabledAt">Since when users of the product may sign in; null when they may not.</param>
/// <param name="EnabledBy">Who let them in.</param>
/// <param name="Tests">The newest self-tests, newest first.</param>
public sealed record FenceView(string Environment, FencePartView Fence, FencePartView SignIn, DateTimeOffset? EnabledAt, string? EnabledBy, IReadOnlyList<FenceTest> Tests)
{
    /// <summary>The function stands and its credential is set.</summary>
    public bool MayEnable => SignIn is { State.Holds: true, HasCredential: true };
}
