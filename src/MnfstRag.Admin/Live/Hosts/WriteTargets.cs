using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Tenants;
using MnfstRag.Postgres.Connecting;

namespace MnfstRag.Admin.Live.Hosts;

/// <summary>Asks <see cref="WritableGuard"/> before rows of a tenant are written, as everything does that writes to an environment. Singleton.</summary>
internal sealed class WriteTargets(WritableGuard guard, IEnvironmentStore environments) : IWriteTargets
{
    public async Task<DatabaseUrl> TowardAsync(Guid environment, DatabaseUrl credential, CancellationToken cancellationToken)
    {
        if ((await environments.ListAsync(cancellationToken)).FirstOrDefault(one => one.Id == environment) is not { } known)
        {
            return credential;
        }

        var target = (await guard.StandingAsync(known.Name, cancellationToken)).Toward(credential);
        return target.Url ?? throw new TenantUnavailableException(target.Refusal!, slow: false, null);
    }
}
