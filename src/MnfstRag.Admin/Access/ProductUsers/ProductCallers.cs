using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using MnfstRag.Admin.Access.Tenants;
using MnfstRag.Admin.Data.Fencing;
using MnfstRag.Postgres.Fencing;

namespace MnfstRag.Admin.Access.ProductUsers;

/// <summary>
/// Asks the product's database who a user is at this moment: removed, demoted, moved to another tenant or given another password,
/// they are nobody. An answer serves for some seconds, so that a page's many questions are one. Singleton.
/// </summary>
internal sealed class ProductCallers(ProductSignIns open, ProductDoors doors, IOptions<AccessOptions> options, TimeProvider clock)
{
    /// <summary>With the time between two looks of an open page this stays under a minute.</summary>
    private static readonly TimeSpan LongestLife = TimeSpan.FromSeconds(15);

    private const int MostKept = 5_000;

    private readonly ConcurrentDictionary<ProductIdentity, (Caller? Caller, DateTimeOffset Until)> _answers = new();

    private TimeSpan Life => options.Value.Revalidation < LongestLife ? options.Value.Revalidation : LongestLife;

    /// <summary>Null when they may not be here any more.</summary>
    /// <exception cref="ProductUnavailableException">The product's database does not say.</exception>
    public async Task<Caller?> FindAsync(ProductIdentity who, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (_answers.TryGetValue(who, out var known) && known.Until > now)
        {
            return known.Caller;
        }

        var caller = await AskAsync(who, cancellationToken);
        if (_answers.Count >= MostKept)
        {
            _answers.Clear();
        }

        _answers[who] = (caller, now + Life);
        return caller;
    }

    /// <summary>
    /// Who somebody of the product that is not here is now, by the address and the <see cref="Caller.UserId"/> that they had; null when they
    /// may not be here any more. Another password since then does not matter: nobody signs in.
    /// </summary>
    /// <exception cref="ProductUnavailableException">The product's database does not say.</exception>
    public async Task<Caller?> FindAbsentAsync(Guid environmentId, string address, Guid userId, CancellationToken cancellationToken) =>
        (await open.OpenAsync(cancellationToken)).FirstOrDefault(one => one.Id == environmentId) is { Name: { } environment }
            ? (await doors.FindAsync(environmentId, address, cancellationToken)).Select(account => Of(environmentId, environment, address, account)).FirstOrDefault(one => one?.UserId == userId)
            : null;

    /// <summary>What a user of the product may do here; null when that is nothing.</summary>
    public static Caller? Of(Guid environmentId, string environment, string address, ProductAccount account)
    {
        var (role, tenant) = account switch
        {
            { Role: "superadmin" } => (Roles.ProductSuperadmin, null),
            { Role: "tenant_admin", Tenant: { } own } => (Roles.TenantAdmin, (Guid?)own),
            _ => (null, null),
        };
        return role is null
            ? null
            : new Caller(IdOf(environmentId, account.Id), $"{address} ({environment})", [role], Roles.PermissionsOf([role]))
            {
                Binding = new TenantBinding(environmentId, tenant),
                Address = address,
            };
    }

    private async Task<Caller?> AskAsync(ProductIdentity who, CancellationToken cancellationToken)
    {
        if ((await open.OpenAsync(cancellationToken)).FirstOrDefault(one => one.Id == who.EnvironmentId) is not { Name: { } environment })
        {
            return null;
        }

        var account = (await doors.FindAsync(who.EnvironmentId, who.Address, cancellationToken)).FirstOrDefault(one => one.Id == who.UserId);
        return account is not null && ProductStamp.Of(account) == who.Stamp ? Of(who.EnvironmentId, environment, who.Address, account) : null;
    }

    // A user's id in the product is the product's to choose: taken as it is, it could be a local account's.
    private static Guid IdOf(Guid environmentId, Guid userId)
    {
        Span<byte> both = stackalloc byte[32];
        environmentId.TryWriteBytes(both);
        userId.TryWriteBytes(both[16..]);
        var id = SHA256.HashData(both).AsSpan(0, 16);
        id[6] = (byte)((id[6] & 0x0F) | 0x80);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id, bigEndian: true);
    }
}
