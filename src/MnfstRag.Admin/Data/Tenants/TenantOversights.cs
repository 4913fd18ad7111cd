using System.Collections.Concurrent;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Fencing;

namespace MnfstRag.Admin.Data.Tenants;

/// <summary>The look over all tenants, by environment, with the watch credential. Singleton; whoever asks has made sure that the caller may.</summary>
public sealed class TenantOversights(IEnvironmentStore environments) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<Guid, (string Text, TenantOversight Oversight)> _open = new();

    /// <summary>Asks one question.</summary>
    /// <exception cref="TenantUnavailableException">The server cannot be asked, the fence does not have these functions, or it took too long.</exception>
    public async Task<T> AskAsync<T>(Guid environment, Func<TenantOversight, CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
    {
        var text = await environments.CredentialAsync(environment, CredentialKind.Watch, cancellationToken);
        if (text is null || DatabaseUrl.Parse(text).Url is not { IsMonitorable: true } url)
        {
            throw new TenantUnavailableException("This environment has no watch credential: with it the dashboard looks over all tenants.", slow: false, null);
        }

        if (_open.TryGetValue(environment, out var old) && old.Text != text && _open.TryRemove(KeyValuePair.Create(environment, old)))
        {
            await old.Oversight.DisposeAsync();
        }

        var known = _open.GetOrAdd(environment, _ => (text, new TenantOversight(url, TenantContext.Names)));
        try
        {
            return await ask(known.Oversight, cancellationToken);
        }
        catch (Exception fault) when (TenantDatabases.Refusal(fault) is { } answer)
        {
            throw answer is Npgsql.PostgresException { SqlState: "42501" or "42883" or "3F000" }
                ? new TenantUnavailableException("The fence of this environment lets the watch credential not look over all tenants: it is not applied, older than the dashboard, or was built without that role. An administrator reviews and applies its script again.", slow: false, fault)
                : TenantDatabases.Explain(answer, url);
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (var one in _open.Values)
        {
            await one.Oversight.DisposeAsync();
        }
    }
}
