using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using MnfstRag.Admin.Hosting;
using MnfstRag.Admin.Hosting.Development;
using MnfstRag.Postgres.Embedded;
using MnfstRag.Testing;
using Npgsql;

namespace MnfstRag.Admin.Tests.Hosting.Development;

public sealed class DevelopmentServersTests
{
    [Fact]
    public async Task A_second_start_finds_everything_and_writes_nothing()
    {
        var directory = TestHome.NewDataDirectory("development");
        var configuration = Configuration(directory);
        var first = await DevelopmentServers.StartAsync(configuration, new RecordingTerminal(), CancellationToken.None);
        await AddTenantAsync(first!.Watched!);
        var ports = (first.Store!.Port, first.Watched!.Port);
        var passwords = configuration.GetConnectionString("Admin");
        await first.DisposeAsync();
        Assert.False(File.Exists(Path.Combine(directory, "store", "postmaster.pid")));
        Assert.False(File.Exists(Path.Combine(directory, "watched", "postmaster.pid")));

        var terminal = new RecordingTerminal();
        configuration = Configuration(directory);
        await using var second = await DevelopmentServers.StartAsync(configuration, terminal, CancellationToken.None);

        Assert.Equal(ports, (second!.Store!.Port, second.Watched!.Port));
        Assert.Equal(passwords, configuration.GetConnectionString("Admin"));
        Assert.DoesNotContain(terminal.Lines, line => line.Contains("sample", StringComparison.Ordinal) || line.Contains("Creating", StringComparison.Ordinal));
        Assert.Equal((4L, 100_000L), await CountsAsync(second.Watched));
    }

    [Fact]
    public async Task A_call_off_half_way_leaves_nothing_running_and_no_half_sample()
    {
        var directory = TestHome.NewDataDirectory("development");
        using var stop = new CancellationTokenSource();
        var terminal = new RecordingTerminal { OnProgress = text => StopAt(text, "Writing the sample database", stop) };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => DevelopmentServers.StartAsync(Configuration(directory), terminal, stop.Token));
        Assert.False(File.Exists(Path.Combine(directory, "store", "postmaster.pid")));
        Assert.False(File.Exists(Path.Combine(directory, "watched", "postmaster.pid")));

        // What was called off left no half sample behind: the next start writes it whole.
        await using var servers = await DevelopmentServers.StartAsync(Configuration(directory), new RecordingTerminal(), CancellationToken.None);
        Assert.Equal((3L, 100_000L), await CountsAsync(servers!.Watched!));
    }

    [Theory]
    [InlineData("Production", true)]
    [InlineData("Staging", true)]
    [InlineData("Development", false)]
    public async Task Nothing_is_embedded_outside_Development_or_when_it_is_turned_off(string environment, bool enabled)
    {
        var directory = TestHome.NewDataDirectory("development");
        var configuration = Configuration(directory, environment, enabled);

        Assert.Null(await DevelopmentServers.StartAsync(configuration, new RecordingTerminal(), CancellationToken.None));
        Assert.False(Directory.Exists(directory));
        Assert.Null(configuration.GetConnectionString("Admin"));
    }

    [Fact]
    public async Task What_is_configured_is_left_alone()
    {
        var configuration = Configuration(TestHome.NewDataDirectory("development"));
        configuration["ConnectionStrings:Admin"] = "Host=db.example;Database=mnfst_admin";
        configuration["Environments:production:Watch"] = "postgresql://watch@db.example/mnfst_rag";

        Assert.Null(await DevelopmentServers.StartAsync(configuration, new RecordingTerminal(), CancellationToken.None));
        Assert.Equal("Host=db.example;Database=mnfst_admin", configuration.GetConnectionString("Admin"));
    }

    [Fact]
    public async Task A_directory_in_use_by_another_dashboard_is_refused_in_one_sentence()
    {
        var directory = TestHome.NewDataDirectory("development");
        await using var other = await EmbeddedServer.StartAsync(
            new EmbeddedServerOptions { DataDirectory = Path.Combine(directory, "store") }, progress: null, CancellationToken.None);

        var fault = await Assert.ThrowsAsync<StartupException>(
            () => DevelopmentServers.StartAsync(Configuration(directory), new RecordingTerminal(), CancellationToken.None));

        Assert.Contains("in use by another running dashboard", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Embedded:Directory", fault.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(directory, "watched", "postmaster.pid")));
    }

    internal static ConfigurationManager Configuration(string directory, string environment = "Development", bool enabled = true)
    {
        // A real builder: it decides where the environment's name stands in the configuration.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.Configuration["Embedded:Enabled"] = enabled.ToString();
        builder.Configuration["Embedded:Directory"] = directory;
        return builder.Configuration;
    }

    private static void StopAt(string text, string moment, CancellationTokenSource stop)
    {
        if (text.Contains(moment, StringComparison.Ordinal))
        {
            stop.Cancel();
        }
    }

    private static async Task AddTenantAsync(EmbeddedServer server)
    {
        await using var source = NpgsqlDataSource.Create(server.ConnectionString("mnfst_rag"));
        await using var command = source.CreateCommand("INSERT INTO tenants (id, name, slug) VALUES (gen_random_uuid(), 'Mine', 'mine')");
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<(long Tenants, long Messages)> CountsAsync(EmbeddedServer server)
    {
        await using var source = NpgsqlDataSource.Create(server.ConnectionString("mnfst_rag"));
        await using var command = source.CreateCommand("SELECT (SELECT count(*) FROM tenants), (SELECT count(*) FROM messages)");
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return (reader.GetInt64(0), reader.GetInt64(1));
    }
}
