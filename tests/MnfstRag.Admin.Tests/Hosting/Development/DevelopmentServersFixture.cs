using Microsoft.Extensions.Configuration;
using MnfstRag.Admin.Hosting.Development;
using MnfstRag.Testing;

namespace MnfstRag.Admin.Tests.Hosting.Development;

/// <summary>Both servers, once for all tests that only look at them.</summary>
public sealed class DevelopmentServersFixture : IAsyncLifetime
{
    private DevelopmentServers? servers;

    public DevelopmentServers Servers => servers ?? throw new InvalidOperationException("Not started.");

    public IConfiguration Configuration { get; private set; } = new ConfigurationManager();

    public async Task InitializeAsync()
    {
        var configuration = DevelopmentServersTests.Configuration(TestHome.NewDataDirectory("development"));
        servers = await DevelopmentServers.StartAsync(configuration, new RecordingTerminal(), CancellationToken.None);
        Configuration = configuration;
    }

    public async Task DisposeAsync() => await Servers.DisposeAsync();
}
