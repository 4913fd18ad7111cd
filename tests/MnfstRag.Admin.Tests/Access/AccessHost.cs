using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Accounts;
using MnfstRag.Admin.Components;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Features.Alerts;
using MnfstRag.Admin.Features.Audit;
using MnfstRag.Admin.Features.Checklists;
using MnfstRag.Admin.Features.Connections;
using MnfstRag.Admin.Features.Environments;
using MnfstRag.Admin.Features.Fencing;
using MnfstRag.Admin.Features.Health;
using MnfstRag.Admin.Features.Maintenance;
using MnfstRag.Admin.Features.Overview;
using MnfstRag.Admin.Features.Tenants;
using MnfstRag.Admin.Features.Users;
using MnfstRag.Admin.Hosting.Security;
using MnfstRag.Admin.Live;
using MnfstRag.Admin.Tests.Data;

namespace MnfstRag.Admin.Tests.Access;

/// <summary>The product's own pipeline of sign-in and pages on a real store, without sockets.</summary>
public sealed class AccessHost : IAsyncDisposable
{
    /// <summary>A request says with it where it comes from.</summary>
    public const string AddressHeader = "X-Test-Address";
    public const string Password = "a quiet blue lantern";

    private readonly WebApplication _app;

    private AccessHost(WebApplication app, TestStore store) => (_app, Store) = (app, store);

    public TestStore Store { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<AccessHost> StartAsync(TimeProvider? clock = null, params (string Key, string? Value)[] settings) =>
        await StartAsync(await TestStore.CreateAsync(), clock, settings);

    public static async Task<AccessHost> StartAsync(TestStore store, TimeProvider? clock = null, params (string Key, string? Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = typeof(App).Assembly.GetName().Name, EnvironmentName = Environments.Development });
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(store.Settings());
        builder.Configuration.AddInMemoryCollection([KeyValuePair.Create<string, string?>("Access:BcryptCost", "10")]);
        builder.Configuration.AddInMemoryCollection(settings.Select(one => KeyValuePair.Create(one.Key, one.Value)));
        builder.Services.AddSingleton(clock ?? TimeProvider.System);
        builder.Services.AddStore(builder.Configuration);
        builder.AddShell();
        builder.Services.AddAccess().AddLive().AddOverview().AddConnectionsPage().AddAudit().AddUsers().AddEnvironments().AddApplying().AddChecklists().AddMaintenance().AddTenants().AddFencing().AddHealthCheckPage().AddAlerts();

        var app = builder.Build();
        app.Use((context, next) =>
        {
            context.Connection.RemoteIpAddress = IPAddress.Parse(context.Request.Headers[AddressHeader] is [{ } address] ? address : "192.0.2.1");
            return next(context);
        });
        app.UseSecurityHeaders();
        app.UseSameOrigin();
        app.MapAccess();
        app.MapShell();
        await app.StartAsync();
        await app.Services.GetRequiredService<StoreState>().WhenReadyAsync(CancellationToken.None);
        return new AccessHost(app, store);
    }

    /// <summary>A browser of its own, with its cookies.</summary>
    public Browser NewBrowser(string address = "192.0.2.1") => new(_app.GetTestServer().CreateHandler(), address);

    /// <summary>An account with <see cref="Password"/> of its own.</summary>
    public async Task<AdminUser> AddUserAsync(string name, params string[] roles)
    {
        await using var scope = Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<AdminUserManager>();
        var user = new AdminUser { Id = Guid.NewGuid(), UserName = name, Roles = roles, CreatedAt = TimeProvider.System.GetUtcNow() };
        Assert.True((await users.SetPasswordAsync(user, Password)).Succeeded);
        Assert.True((await users.CreateAsync(user)).Succeeded);
        return user;
    }

    /// <summary>A browser in which that user has signed in.</summary>
    public async Task<Browser> SignedInAsync(string name, string address = "192.0.2.1")
    {
        var browser = NewBrowser(address);
        using var answer = await browser.SignInAsync(name, Password);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return browser;
    }

    public Task<string?> ScalarAsync(string sql) => Store.Database.ScalarAsync<string>(sql);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await Store.DisposeAsync();
    }
}
