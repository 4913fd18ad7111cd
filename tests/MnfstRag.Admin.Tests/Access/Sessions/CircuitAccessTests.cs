using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Accounts;
using MnfstRag.Admin.Access.Sessions;
using MnfstRag.Admin.Data;

namespace MnfstRag.Admin.Tests.Access.Sessions;

/// <summary>What an open circuit may do: it keeps the principal it began with, and the store decides.</summary>
public sealed class CircuitAccessTests
{
    private static readonly Caller Root = new(Guid.NewGuid(), "root", [], new HashSet<string>());

    [Fact]
    public async Task A_role_taken_away_ends_what_an_open_circuit_may_do_at_once_and_the_refusal_is_recorded()
    {
        await using var host = await AccessHost.StartAsync();
        var user = await host.AddUserAsync("anna", Roles.Administrator);
        await host.AddUserAsync("bert", Roles.Administrator);
        await using var circuit = await OpenAsync(host, user);
        var access = circuit.ServiceProvider.GetRequiredService<IAccess>();
        Assert.Equal("anna", (await access.RequireAsync(Permissions.SignalBackends)).Name);

        Assert.Null((await Accounts(host).SetRolesAsync(Root, user.Id, [Roles.Support], CancellationToken.None)).Fault);

        var refused = await Assert.ThrowsAsync<PermissionDeniedException>(() => access.RequireAsync(Permissions.SignalBackends));
        Assert.Equal(Permissions.SignalBackends, refused.Permission);
        Assert.False(await access.MayAsync(Permissions.Watch), "the session itself is over, whatever the new role allows");
        Assert.Equal("backends.signal refused anna session ended", await host.ScalarAsync(
            "SELECT object || ' ' || outcome || ' ' || (details->>'person') || ' ' || (details->>'reason') FROM audit.entries WHERE action = 'access.refused'"));
    }

    [Theory]
    [InlineData("UPDATE identity.users SET locked_at = now()")]
    [InlineData("UPDATE identity.users SET security_stamp = 'another'")]
    [InlineData("UPDATE identity.users SET roles = '{}'")]
    [InlineData("UPDATE identity.users SET password_expires_at = now() + interval '1 day'")]
    [InlineData("DELETE FROM identity.users")]
    public async Task Whatever_the_store_says_now_counts(string change)
    {
        await using var host = await AccessHost.StartAsync();
        var user = await host.AddUserAsync("anna", Roles.Administrator);
        await using var circuit = await OpenAsync(host, user);
        var access = circuit.ServiceProvider.GetRequiredService<IAccess>();
        Assert.True(await access.MayAsync(Permissions.Watch));

        await host.Store.Database.ExecuteAsync(change);

        Assert.False(await access.MayAsync(Permissions.Watch));
        await Assert.ThrowsAsync<PermissionDeniedException>(() => access.RequireAsync(Permissions.Watch));
    }

    [Fact]
    public async Task Others_guesses_at_a_password_do_not_end_the_persons_session()
    {
        await using var host = await AccessHost.StartAsync();
        var user = await host.AddUserAsync("anna", Roles.Administrator);
        await using var circuit = await OpenAsync(host, user);

        await host.Store.Database.ExecuteAsync("UPDATE identity.users SET lockout_end = now() + interval '5 minutes'");

        Assert.True(await circuit.ServiceProvider.GetRequiredService<IAccess>().MayAsync(Permissions.Watch));
    }

    [Fact]
    public async Task Forged_claims_and_nobody_are_refused()
    {
        await using var host = await AccessHost.StartAsync();
        var user = await host.AddUserAsync("anna", Roles.Support);
        var forged = new ClaimsPrincipal(new ClaimsIdentity(
            [new Claim(ClaimTypes.NameIdentifier, user.Id.ToString()), new Claim(SessionClaims.Permission, Permissions.ManageUsers), new Claim(ClaimTypes.Role, Roles.Administrator)], "forged"));
        foreach (var principal in new[] { forged, new ClaimsPrincipal(new ClaimsIdentity()) })
        {
            await using var circuit = Open(host, principal);
            await Assert.ThrowsAsync<PermissionDeniedException>(() => circuit.ServiceProvider.GetRequiredService<IAccess>().RequireAsync(Permissions.ManageUsers));
        }
    }

    [Fact]
    public async Task An_open_page_is_signed_out_within_a_minute_of_a_lock()
    {
        await using var host = await AccessHost.StartAsync(null, ("Access:Revalidation", "00:00:01"));
        var user = await host.AddUserAsync("anna", Roles.Administrator);
        await host.AddUserAsync("bert", Roles.Administrator);
        await using var circuit = await OpenAsync(host, user);
        var provider = circuit.ServiceProvider.GetRequiredService<AuthenticationStateProvider>();
        var signedOut = new TaskCompletionSource();
        provider.AuthenticationStateChanged += async state =>
        {
            if ((await state).User.Identity?.IsAuthenticated != true)
            {
                signedOut.TrySetResult();
            }
        };

        Assert.Null((await Accounts(host).SetLockedAsync(Root, user.Id, locked: true, CancellationToken.None)).Fault);

        await signedOut.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task A_circuit_ends_at_the_absolute_limit()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var host = await AccessHost.StartAsync(clock, ("Access:AbsoluteLimit", "02:00:00"));
        var user = await host.AddUserAsync("anna", Roles.Administrator);
        var principal = await PrincipalAsync(host, user, clock.GetUtcNow());
        await using var circuit = Open(host, principal);
        var access = circuit.ServiceProvider.GetRequiredService<IAccess>();
        Assert.True(await access.MayAsync(Permissions.Watch));

        clock.Advance(TimeSpan.FromHours(2));

        Assert.False(await access.MayAsync(Permissions.Watch));
    }

    private static AccountService Accounts(AccessHost host) => host.Services.GetRequiredService<AccountService>();

    private static async Task<AsyncServiceScope> OpenAsync(AccessHost host, AdminUser user) =>
        Open(host, await PrincipalAsync(host, user, TimeProvider.System.GetUtcNow()));

    private static AsyncServiceScope Open(AccessHost host, ClaimsPrincipal principal)
    {
        var circuit = host.Services.CreateAsyncScope();
        ((IHostEnvironmentAuthenticationStateProvider)circuit.ServiceProvider.GetRequiredService<AuthenticationStateProvider>())
            .SetAuthenticationState(Task.FromResult(new AuthenticationState(principal)));
        return circuit;
    }

    private static async Task<ClaimsPrincipal> PrincipalAsync(AccessHost host, AdminUser user, DateTimeOffset start)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<AdminUserManager>();
        var factory = scope.ServiceProvider.GetRequiredService<Microsoft.AspNetCore.Identity.IUserClaimsPrincipalFactory<AdminUser>>();
        var principal = await factory.CreateAsync((await users.FindByIdAsync(user.Id.ToString()))!);
        principal.Identities.First().AddClaim(SessionClaims.StartedAt(start));
        return principal;
    }
}
