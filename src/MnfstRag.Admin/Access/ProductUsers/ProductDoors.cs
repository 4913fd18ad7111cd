using MnfstRag.Admin.Data;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Fencing;

namespace MnfstRag.Admin.Access.ProductUsers;

/// <summary>The sign-in functions of all environments, each reached with its own sign-in credential. Singleton.</summary>
internal sealed class ProductDoors(IEnvironmentStore environments, TimeProvider clock) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, (string Url, ProductAccounts Accounts)> _known = [];

    /// <summary>Users of that environment's product with an address.</summary>
    /// <exception cref="ProductUnavailableException">They could not be asked for.</exception>
    public async Task<IReadOnlyList<ProductAccount>> FindAsync(Guid environmentId, string address, CancellationToken cancellationToken)
    {
        var text = await environments.CredentialAsync(environmentId, CredentialKind.SignIn, cancellationToken);
        return Door(environmentId, text) is { } door ? await door.FindAsync(address, cancellationToken) : [];
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (var (_, accounts) in _known.Values)
        {
            await accounts.DisposeAsync();
        }
    }

    private ProductAccounts? Door(Guid environmentId, string? text)
    {
        lock (_lock)
        {
            if (_known.TryGetValue(environmentId, out var known))
            {
                if (known.Url == text)
                {
                    return known.Accounts;
                }

                // Whoever still asks through it ends with a fault and asks again.
                _known.Remove(environmentId);
                _ = known.Accounts.DisposeAsync().AsTask();
            }

            if (text is null || DatabaseUrl.Parse(text).Url is not { IsMonitorable: true } url)
            {
                return null;
            }

            var accounts = new ProductAccounts(url, clock);
            _known[environmentId] = (text, accounts);
            return accounts;
        }
    }
}
