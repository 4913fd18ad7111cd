using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Fencing;
using MnfstRag.Postgres.Fencing;

namespace MnfstRag.Admin.Live.Fencing;

/// <summary>Looks how an environment's fence and sign-in function stand, with any credential, and keeps what it saw of the fence. Singleton.</summary>
internal sealed class FenceInspection(IEnvironmentStore environments, IFenceRecords records, TimeProvider clock)
{
    /// <summary>The state now; null when there is no credential to look with.</summary>
    public async Task<FenceState?> LookAsync(Guid environmentId, FencePart part, CancellationToken cancellationToken)
    {
        var credentials = await FenceCredentials.ReadAsync(environments, environmentId, cancellationToken);
        if (credentials.Any is not { } url)
        {
            return null;
        }

        var names = credentials.NamesOf(part);
        if (part == FencePart.SignIn)
        {
            return await new SignInInspector(url, names, clock).InspectAsync(cancellationToken);
        }

        var state = await new FenceInspector(url, names, clock).InspectAsync(cancellationToken);
        await records.KeepAsync(environmentId, state, cancellationToken);
        return state;
    }
}
