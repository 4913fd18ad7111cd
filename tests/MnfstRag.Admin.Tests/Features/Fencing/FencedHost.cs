using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Accounts;
using MnfstRag.Admin.Access.Sessions;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Tests.Access;
using MnfstRag.Postgres.Fencing;
using MnfstRag.Testing;

namespace MnfstRag.Admin.Tests.Features.Fencing;

/// <summary>A dashboard that watches a product without a fence, whose tables' owner is no superuser, with an administrator called root.</summary>
internal sealed class FencedHost : IAsyncDisposable
{
    public const string Environment = "production";

    private readonly TimeProvider? _clock;

    private FencedHost(AccessHost host, Fenced product, TimeProvider? clock) => (Host, Product, _clock) = (host, product, clock);

    public AccessHost Host { get; }

    public Fenced Product { get; }

    public static async Task<FencedHost> StartAsync(ProductShape shape, TimeProvider? clock = null)
    {
        var product = await Fenced.ProductAsync(PostgresVersions.Newest, shape);
        var host = await AccessHost.StartAsync(
            clock,
            ($"Environments:{Environment}:Maintain", product.Database.ConnectionStringFor(product.Maintainer)),
            ($"Environments:{Environment}:Watch", product.Database.ConnectionStringFor(product.Overseer)));
        await host.AddUserAsync("root", Roles.Administrator);
        return new FencedHost(host, product, clock);
    }

    public async Task<WatchedEnvironment> EnvironmentAsync() => (await Host.Services.GetRequiredService<IEnvironmentStore>().ListAsync()).Single();

    /// <summary>An open page of somebody.</summary>
    public async Task<AsyncServiceScope> OpenAsync(string name = "root")
    {
        var circuit = Host.Services.CreateAsyncScope();
        var users = circuit.ServiceProvider.GetRequiredService<AdminUserManager>();
        var principal = await circuit.ServiceProvider.GetRequiredService<IUserClaimsPrincipalFactory<AdminUser>>().CreateAsync((await users.FindByNameAsync(name))!);
        principal.Identities.First().AddClaim(SessionClaims.StartedAt((_clock ?? TimeProvider.System).GetUtcNow()));
        ((IHostEnvironmentAuthenticationStateProvider)circuit.ServiceProvider.GetRequiredService<AuthenticationStateProvider>())
            .SetAuthenticationState(Task.FromResult(new AuthenticationState(principal)));
        return circuit;
    }

    // Both owners are called the same in every database: they must not outlive it here, where each has another maintainer.
    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        var server = Product.Database.Server;
        var roles = await Product.Database.ScalarAsync<string>("SELECT coalesce(string_agg(quote_ident(rolname), ', '), '') FROM pg_roles WHERE rolname ~ '^mnfst_admin_(fence|sign_in|tenants)'");
        if (roles is { Length: > 0 })
        {
            await Product.Database.ExecuteAsync($"DROP OWNED BY {roles}");
            await server.ExecuteAsync($"DROP ROLE {roles}");
        }

        await Product.DisposeAsync();
    }
}
