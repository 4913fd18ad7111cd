using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace MnfstRag.Admin.Access.Sessions;

/// <summary>One open page's seat, held while its browser is connected. Without one the circuit ends before anything is rendered.</summary>
internal sealed class CircuitSeat(AuthenticationStateProvider authentication, CircuitSeats seats, ILogger<CircuitSeat> logger) : CircuitHandler
{
    private string? _person;

    /// <summary>Who a principal is, for counting; nobody's pages are counted together.</summary>
    public static string PersonOf(ClaimsPrincipal principal) => principal.FindFirstValue(ClaimTypes.NameIdentifier) ?? "";

    /// <inheritdoc />
    public override async Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        var person = PersonOf((await authentication.GetAuthenticationStateAsync()).User);
        if (!seats.TryTake(person))
        {
            AccessMessages.TooManyPages(logger, seats.Most);
            throw new InvalidOperationException("This person has as many pages open as one may have.");
        }

        _person = person;
    }

    /// <inheritdoc />
    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _person, null) is { } person)
        {
            seats.GiveBack(person);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken) => OnConnectionDownAsync(circuit, cancellationToken);
}
