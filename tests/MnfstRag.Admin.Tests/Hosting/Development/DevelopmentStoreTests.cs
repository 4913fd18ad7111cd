using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using MnfstRag.Admin.Data;
using MnfstRag.Testing;
using Npgsql;

namespace MnfstRag.Admin.Tests.Hosting.Development;

public sealed class DevelopmentStoreTests(DevelopmentServersFixture development) : IClassFixture<DevelopmentServersFixture>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task The_dashboard_migrates_the_embedded_store_and_finds_the_development_environment_in_it()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.Configuration.AddConfiguration(development.Configuration);
        builder.Services.AddLogging();
        builder.Services.AddDataProtection();
        builder.Services.AddStore(builder.Configuration);
        await using var services = builder.Services.BuildServiceProvider();
        var hosted = services.GetServices<Microsoft.Extensions.Hosting.IHostedService>().ToList();
        using var limit = new CancellationTokenSource(Patience);
        foreach (var service in hosted)
        {
            await service.StartAsync(limit.Token);
        }

        var health = services.GetRequiredService<HealthCheckService>();
        await Wait.UntilAsync(async over => (await health.CheckHealthAsync(over)).Status == HealthStatus.Healthy, Patience);

        var environment = Assert.Single(await services.GetRequiredService<IEnvironmentStore>().ListAsync(limit.Token));
        Assert.Equal("development", environment.Name);
        Assert.Equal([CredentialKind.Watch, CredentialKind.Maintain, CredentialKind.Fence, CredentialKind.SignIn], environment.Credentials.Order());
        await using var runtime = NpgsqlDataSource.Create(development.Configuration.GetConnectionString("Admin")!);
        var refused = await Assert.ThrowsAsync<PostgresException>(() => runtime.CreateCommand("DELETE FROM audit.entries").ExecuteNonQueryAsync(limit.Token));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
        foreach (var service in hosted)
        {
            await service.StopAsync(CancellationToken.None);
        }
    }
}
