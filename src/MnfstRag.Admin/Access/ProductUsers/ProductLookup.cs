using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Fencing;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Fencing;
using Npgsql;

namespace MnfstRag.Admin.Access.ProductUsers;

/// <summary>Finds the accounts of the product that an address may mean, in every environment that lets them in, and what their tenants are called. Singleton.</summary>
internal sealed class ProductLookup(ProductSignIns open, ProductDoors doors, IEnvironmentStore environments, TimeProvider clock, ILogger<ProductLookup> logger)
{
    /// <summary>The sign-in page asks at each look, also for those who are turned away: the store must not pay for a flood.</summary>
    private static readonly TimeSpan AnyFor = TimeSpan.FromSeconds(5);

    /// <summary>Hashes that one attempt may cost.</summary>
    private const int MostCandidates = 5;

    private const int LongestAddress = 254;

    public ILogger Logger => logger;

    private volatile Task<bool> _any = Task.FromResult(false);
    private long _anyAt = long.MinValue;

    /// <summary>Users of the product are let in somewhere; as of a few seconds ago at most.</summary>
    public Task<bool> AnyAsync(CancellationToken cancellationToken)
    {
        var (now, asked) = (clock.GetTimestamp(), Interlocked.Read(ref _anyAt));
        if ((asked == long.MinValue || clock.GetElapsedTime(asked, now) >= AnyFor) && Interlocked.CompareExchange(ref _anyAt, now, asked) == asked)
        {
            _any = AskAnyAsync();
        }

        return _any.WaitAsync(cancellationToken);
    }

    private async Task<bool> AskAnyAsync() => (await open.OpenAsync(CancellationToken.None)).Count > 0;

    /// <summary>Null when the name is no e-mail address, or nowhere the product's users are let in.</summary>
    public async Task<ProductAnswers?> FindAsync(string name, CancellationToken cancellationToken)
    {
        var address = name.Trim();
        if (!address.Contains('@', StringComparison.Ordinal) || address.Length > LongestAddress || address.Contains('\0', StringComparison.Ordinal)
            || await open.OpenAsync(cancellationToken) is not { Count: > 0 } places)
        {
            return null;
        }

        var answers = await Task.WhenAll(places.Select(place => AskAsync(place.Id, place.Name, address, cancellationToken)));
        return new ProductAnswers(
            address,
            [.. answers.SelectMany(one => one ?? []).OrderBy(one => one.Account.Role is "superadmin" or "tenant_admin" ? 0 : 1).Take(MostCandidates)],
            answers.Contains(null));
    }

    /// <summary>An environment's name; null when it is gone.</summary>
    public async Task<string?> NameAsync(Guid environmentId, CancellationToken cancellationToken) =>
        (await environments.ListAsync(cancellationToken)).FirstOrDefault(one => one.Id == environmentId)?.Name;

    /// <summary>What may be chosen from, in the same order. For somebody whose password was right.</summary>
    public async Task<IReadOnlyList<ProductChoice>> DescribeAsync(IReadOnlyList<ProductIdentity> choices, CancellationToken cancellationToken)
    {
        var described = new List<ProductChoice>();
        foreach (var one in choices)
        {
            var environment = await NameAsync(one.EnvironmentId, cancellationToken) ?? "an environment that is gone";
            var account = await AccountAsync(one, cancellationToken);
            described.Add(new ProductChoice(
                environment,
                account?.Tenant is { } tenant ? await TenantAsync(one.EnvironmentId, tenant, cancellationToken) : "every tenant",
                account?.Role == "superadmin"));
        }

        return described;
    }

    private async Task<IReadOnlyList<ProductCandidate>?> AskAsync(Guid environmentId, string environment, string address, CancellationToken cancellationToken)
    {
        try
        {
            return [.. (await doors.FindAsync(environmentId, address, cancellationToken)).Select(account => new ProductCandidate(environmentId, environment, account))];
        }
        catch (ProductUnavailableException fault)
        {
            AccessMessages.ProductAway(logger, environmentId, fault);
            return null;
        }
    }

    private async Task<ProductAccount?> AccountAsync(ProductIdentity who, CancellationToken cancellationToken)
    {
        var answer = await AskAsync(who.EnvironmentId, "", who.Address, cancellationToken);
        return answer?.Select(one => one.Account).FirstOrDefault(one => one.Id == who.UserId);
    }

    // Through the fence, as that tenant: without one its id has to do.
    private async Task<string> TenantAsync(Guid environmentId, Guid tenant, CancellationToken cancellationToken)
    {
        try
        {
            if (DatabaseUrl.Parse(await environments.CredentialAsync(environmentId, CredentialKind.Fence, cancellationToken)).Url is { IsMonitorable: true } url)
            {
                await using var reads = new TenantReads(url, connections: 1);
                await using var transaction = await reads.BeginAsync(tenant, cancellationToken);
                await using var command = transaction.Command("SELECT t.name FROM mnfst_admin.tenants AS t");
                if (await command.ExecuteScalarAsync(cancellationToken) is string name)
                {
                    return name;
                }
            }
        }
        catch (Exception fault) when (fault is NpgsqlException or IOException or TimeoutException)
        {
            AccessMessages.ProductAway(logger, environmentId, fault);
        }

        return $"tenant {tenant}";
    }
}
