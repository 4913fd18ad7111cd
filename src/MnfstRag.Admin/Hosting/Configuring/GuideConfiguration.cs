using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Memory;
using MnfstRag.Admin.Data.Settings.Vaulting;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Validating;

namespace MnfstRag.Admin.Hosting.Configuring;

/// <summary>
/// The dashboard's own settings in the order of the product's guide: Vault (in production only), then the process environment, then
/// <c>.env.{environment}</c> at the content root, then appsettings. Keys are written as the process environment writes them, with two underscores.
/// </summary>
internal static class GuideConfiguration
{
    /// <summary>The secret that holds them in Vault.</summary>
    public const string VaultPath = "mnfst-admin";

    /// <summary>Adds both. Vault's values stay in memory.</summary>
    /// <exception cref="StartupException">The file cannot be read, or Vault is named and does not answer.</exception>
    public static async Task AddGuideSourcesAsync(this ConfigurationManager configuration, IHostEnvironment host, TimeProvider clock, CancellationToken cancellationToken)
    {
        AddFile(configuration, Path.Combine(host.ContentRootPath, $".env.{host.EnvironmentName.ToLowerInvariant()}"));
        if (host.IsProduction() && await VaultAsync(configuration, clock, cancellationToken) is { } values)
        {
            configuration.Sources.Add(new MemoryConfigurationSource { InitialData = values });
        }
    }

    /// <summary>Right below the process environment, which wins.</summary>
    private static void AddFile(ConfigurationManager configuration, string path)
    {
        if (Read(path) is not { } file)
        {
            return;
        }

        var settings = new EnvironmentSettings("", file);
        var values = file.Lines.Where(line => line.Kind == EnvLineKind.Assignment)
            .Select(line => line.Key!)
            .Distinct(StringComparer.Ordinal)
            .Where(key => settings.Text(key) is not null)
            .ToDictionary(ConfigurationKey, settings.Text, StringComparer.OrdinalIgnoreCase);
        var process = configuration.Sources.Index().LastOrDefault(source => source.Item is EnvironmentVariablesConfigurationSource { Prefix: null or "" });
        configuration.Sources.Insert(process.Item is null ? configuration.Sources.Count : process.Index, new MemoryConfigurationSource { InitialData = values });
    }

    private static EnvFile? Read(string path)
    {
        try
        {
            return !File.Exists(path) ? null
                : new FileInfo(path).Length <= EnvFile.LongestFile ? EnvFile.Read(File.ReadAllBytes(path))
                : throw new StartupException($"{path} has more than 1 MB, which no .env file has.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"{path} cannot be read: {fault.Message}", fault);
        }
    }

    private static async Task<Dictionary<string, string?>?> VaultAsync(ConfigurationManager configuration, TimeProvider clock, CancellationToken cancellationToken)
    {
        var (url, role, secret) = (configuration["VAULT_URL"], configuration["VAULT_ROLE_ID"], configuration["VAULT_SECRET_ID"]);
        if (string.IsNullOrWhiteSpace(url) && string.IsNullOrWhiteSpace(role) && string.IsNullOrWhiteSpace(secret))
        {
            return null;
        }

        if (!VaultAddress.TryParse(url, role, secret, out var address, out var fault))
        {
            throw new StartupException($"The dashboard's own settings cannot be read from Vault. {fault}");
        }

        // Whoever writes this configuration names the server in it: it needs no second list, and is never a metadata address.
        using var client = new VaultClient(address, ReachPolicy.OwnMachine, clock);
        var answer = await client.ReadAsync(Vaults.Mount, VaultPath, cancellationToken);
        return answer.Value is { } read
            ? read.Fields.Keys.Where(field => read.Text(field) is not null).ToDictionary(ConfigurationKey, read.Text, StringComparer.OrdinalIgnoreCase)
            : throw new StartupException($"The dashboard's own settings cannot be read from Vault, and without them it does not start. {answer.Fault}");
    }

    private static string ConfigurationKey(string key) => key.Replace("__", ConfigurationPath.KeyDelimiter, StringComparison.Ordinal);
}
