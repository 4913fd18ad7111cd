using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using MnfstRag.Admin.Hosting;
using MnfstRag.Admin.Hosting.Configuring;
using MnfstRag.Admin.Tests.Data.Settings.Vaulting;

namespace MnfstRag.Admin.Tests.Hosting.Configuring;

public sealed class GuideConfigurationTests : IDisposable
{
    // The process environment is shared by all tests: its name is this test's own.
    private readonly string _name = $"Guide{Guid.NewGuid():N}";
    private readonly string _folder = Directory.CreateTempSubdirectory("mnfst-guide-").FullName;

    public void Dispose()
    {
        Environment.SetEnvironmentVariable($"{_name}__B", null);
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task The_file_of_the_environment_wins_over_appsettings_and_the_process_over_the_file()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, ".env.staging"), $"HOST=db\nexport {_name}__A='${{HOST}}:5432'\n{_name}__B=file\n{_name}__C=file\n{_name}__OPEN=${{NOBODY}}\n");
        Environment.SetEnvironmentVariable($"{_name}__B", "process");
        var read = await ReadAsync("Staging", ("A", "settings"), ("C", "settings"), ("D", "settings"), ("OPEN", "settings"));
        Assert.Equal(["db:5432", "process", "file", "settings", "settings"], new[] { "A", "B", "C", "D", "OPEN" }.Select(key => read[$"{_name}:{key}"]));
    }

    [Fact]
    public async Task Vault_wins_over_all_of_them_in_production_and_is_not_asked_elsewhere()
    {
        await using var vault = await VaultServer.StartAsync();
        vault.Instead = what => what == "GET /v1/secret/data/mnfst-admin" ? (200, $$$"""{"data":{"data":{"{{{_name}}}__B":"vault"},"metadata":{"version":1}} }""") : null;
        var login = $"VAULT_URL={vault.Url}\nVAULT_ROLE_ID={VaultServer.RoleId}\nVAULT_SECRET_ID={VaultServer.SecretId}\n";
        await File.WriteAllTextAsync(Path.Combine(_folder, ".env.production"), login);
        await File.WriteAllTextAsync(Path.Combine(_folder, ".env.staging"), login);
        Environment.SetEnvironmentVariable($"{_name}__B", "process");
        Assert.Equal("process", (await ReadAsync("Staging"))[$"{_name}:B"]);
        Assert.Empty(vault.Asked);
        Assert.Equal("vault", (await ReadAsync("Production"))[$"{_name}:B"]);

        vault.Sealed = true;
        vault.Instead = _ => null;
        var fault = await Assert.ThrowsAsync<StartupException>(() => ReadAsync("Production"));
        Assert.Contains("sealed", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(VaultServer.SecretId, fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Half_an_AppRole_stops_the_start_in_words()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, ".env.production"), "VAULT_URL=https://vault:8200\n");
        Assert.Contains("VAULT_ROLE_ID", (await Assert.ThrowsAsync<StartupException>(() => ReadAsync("Production"))).Message, StringComparison.Ordinal);
    }

    private async Task<IConfiguration> ReadAsync(string environment, params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationManager();
        configuration.AddInMemoryCollection(settings.Select(one => KeyValuePair.Create($"{_name}:{one.Key}", (string?)one.Value)));
        configuration.AddEnvironmentVariables();
        await configuration.AddGuideSourcesAsync(new HostingEnvironment { EnvironmentName = environment, ContentRootPath = _folder, ContentRootFileProvider = new NullFileProvider() }, TimeProvider.System, CancellationToken.None);
        return configuration;
    }
}
