using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Fencing;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Fencing;

namespace MnfstRag.Admin.Live.Fencing;

/// <summary>An environment's four addresses, as far as they are set. It holds passwords: never log it.</summary>
/// <param name="EnvironmentId">The environment.</param>
/// <param name="Watch">See <see cref="CredentialKind.Watch"/>.</param>
/// <param name="Maintain">See <see cref="CredentialKind.Maintain"/>.</param>
/// <param name="Fence">See <see cref="CredentialKind.Fence"/>.</param>
/// <param name="SignIn">See <see cref="CredentialKind.SignIn"/>.</param>
internal sealed record FenceCredentials(Guid EnvironmentId, DatabaseUrl? Watch, DatabaseUrl? Maintain, DatabaseUrl? Fence, DatabaseUrl? SignIn)
{
    /// <summary>Whoever may look at the catalog: any of them.</summary>
    public DatabaseUrl? Any => Watch ?? Maintain ?? Fence ?? SignIn;

    public FenceNames NamesOf(FencePart part) =>
        part == FencePart.Tenants ? FenceRoles.Fence(EnvironmentId, Fence, Watch) : FenceRoles.SignIn(EnvironmentId, SignIn);

    public DatabaseUrl? Of(FencePart part) => part == FencePart.Tenants ? Fence : SignIn;

    /// <inheritdoc />
    public override string ToString() => EnvironmentId.ToString();

    public static async Task<FenceCredentials> ReadAsync(IEnvironmentStore environments, Guid environmentId, CancellationToken cancellationToken)
    {
        return new FenceCredentials(
            environmentId,
            await OneAsync(CredentialKind.Watch),
            await OneAsync(CredentialKind.Maintain),
            await OneAsync(CredentialKind.Fence),
            await OneAsync(CredentialKind.SignIn));

        async Task<DatabaseUrl?> OneAsync(CredentialKind kind) =>
            DatabaseUrl.Parse(await environments.CredentialAsync(environmentId, kind, cancellationToken)).Url is { IsMonitorable: true } url ? url : null;
    }
}
