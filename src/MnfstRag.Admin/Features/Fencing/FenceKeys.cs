using Microsoft.EntityFrameworkCore;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Audit;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Environments;
using MnfstRag.Admin.Live.Fencing;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Fencing;

namespace MnfstRag.Admin.Features.Fencing;

/// <summary>The credentials that go with the scripts: made here, stored encrypted, seen by nobody. Singleton.</summary>
internal sealed class FenceKeys(IDbContextFactory<AdminDbContext> contexts, EnvironmentStore environments, IConfiguration configuration, AuditLog audit)
{
    /// <summary>Gives the role a password and stores its address, unless the credential is set already. Returns words about it.</summary>
    public async Task<string?> RenewAsync(Caller caller, WatchedEnvironment environment, FencePart part, DatabaseUrl maintain)
    {
        var credentials = await FenceCredentials.ReadAsync(environments, environment.Id, CancellationToken.None);
        if (credentials.Of(part) is not null)
        {
            return null;
        }

        var role = credentials.NamesOf(part).Reader;
        var (address, fault) = await new RolePassword(maintain).RenewAsync(role, CancellationToken.None);
        if (address is null)
        {
            return $"The {Name(part)} credential is still missing. {fault}";
        }

        await PutAsync(caller, environment, part, address);
        return $"Role {role} was given a password that nobody has seen, and is stored as the {Name(part)} credential.";
    }

    /// <summary>Takes the stored credential away. Returns words about it.</summary>
    public async Task<string?> ForgetAsync(Caller caller, WatchedEnvironment environment, FencePart part)
    {
        var role = (await FenceCredentials.ReadAsync(environments, environment.Id, CancellationToken.None)).NamesOf(part).Reader;
        var kind = Kind(part);
        if (ConfiguredEnvironments.Read(configuration).Any(one => one.Name == environment.Name && one.Credentials.ContainsKey(kind)))
        {
            return $"The configuration names the {Name(part)} credential: take it away there. Role {role} stays.";
        }

        await PutAsync(caller, environment, part, null);
        return $"The {Name(part)} credential is forgotten. Role {role} stays and may do nothing here; drop it when nothing else uses it.";
    }

    private async Task PutAsync(Caller caller, WatchedEnvironment environment, FencePart part, string? address)
    {
        await using var context = await contexts.CreateDbContextAsync();
        await audit.WithAsync(
            context,
            async () => await environments.PutAsync(context, environment.Id, Kind(part), address, CancellationToken.None)
                ? new AuditEvent(address is null ? "credential.remove" : "credential.set", AuditPhase.Event, caller, environment.Name, $"{Kind(part)} credential", "done")
                : null,
            CancellationToken.None);
    }

    private static CredentialKind Kind(FencePart part) => part == FencePart.Tenants ? CredentialKind.Fence : CredentialKind.SignIn;

    private static string Name(FencePart part) => part == FencePart.Tenants ? "fence" : "sign-in";
}
