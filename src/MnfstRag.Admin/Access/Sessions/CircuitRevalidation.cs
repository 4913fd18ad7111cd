using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.Extensions.Options;
using MnfstRag.Admin.Access.Tenants;
using MnfstRag.Admin.Data;

namespace MnfstRag.Admin.Access.Sessions;

/// <summary>Ends the signed-in state of open circuits within a minute of a change of role or lock, and at the absolute limit.</summary>
internal sealed class CircuitRevalidation(ILoggerFactory loggers, CallerLookup callers, IOptions<AccessOptions> options)
    : RevalidatingServerAuthenticationStateProvider(loggers)
{
    private readonly ILogger _logger = loggers.CreateLogger<CircuitRevalidation>();

    protected override TimeSpan RevalidationInterval => options.Value.Revalidation;

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        try
        {
            return await callers.FindAsync(authenticationState.User, cancellationToken) is not null;
        }
        catch (StoreUnavailableException fault)
        {
            // Nobody is thrown out because the store is away: every service asks it again and refuses until it answers.
            AccessMessages.NotValidated(_logger, fault);
            return true;
        }
        catch (TenantAreaClosedException)
        {
            // Nor because the product's database is away: nothing is shown to its user meanwhile.
            return true;
        }
    }
}
