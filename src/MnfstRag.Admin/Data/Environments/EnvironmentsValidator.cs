using System.Globalization;
using Microsoft.Extensions.Options;
using MnfstRag.Postgres.Connecting;

namespace MnfstRag.Admin.Data.Environments;

/// <summary>Names every fault of section <c>Environments</c> with its key; an address is never repeated.</summary>
internal sealed class EnvironmentsValidator(IConfiguration configuration) : IValidateOptions<EnvironmentsOptions>
{
    private const int LongestName = 100;

    public ValidateOptionsResult Validate(string? name, EnvironmentsOptions options)
    {
        List<string> faults = [];
        foreach (var section in configuration.GetSection(ConfiguredEnvironments.Section).GetChildren())
        {
            if (section.Key.Length > LongestName || section.Key.Any(char.IsControl))
            {
                faults.Add($"{section.Path}: an environment's name has at most {LongestName} characters and no control character.");
            }

            faults.AddRange(section.GetChildren().Select(FaultOf).OfType<string>());
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static string? ReplicasFault(IConfigurationSection entry)
    {
        foreach (var (index, text) in DatabaseUrlList.Split(entry.Value ?? string.Empty).Index())
        {
            var place = string.Create(CultureInfo.InvariantCulture, $"{entry.Path}: address {index + 1}");
            if (!DatabaseUrl.Parse(text).Succeeded(out var url, out var fault))
            {
                return $"{place}: {fault.Words}";
            }

            if (!url.IsMonitorable)
            {
                return $"{place} names a sqlite file; only PostgreSQL can be watched.";
            }
        }

        return null;
    }

    private static string? FaultOf(IConfigurationSection entry)
    {
        if (string.Equals(entry.Key, ConfiguredEnvironments.Replicas, StringComparison.OrdinalIgnoreCase))
        {
            return ReplicasFault(entry);
        }

        if (string.Equals(entry.Key, ConfiguredEnvironments.HeavyReads, StringComparison.OrdinalIgnoreCase))
        {
            return entry.Value is null or "" || new[] { "primary", "replica" }.Contains(entry.Value, StringComparer.OrdinalIgnoreCase) ? null : $"{entry.Path} is neither primary nor replica.";
        }

        if (ConfiguredEnvironments.OtherKeys.Contains(entry.Key, StringComparer.OrdinalIgnoreCase))
        {
            return string.Equals(entry.Key, StatedMemory.Section, StringComparison.OrdinalIgnoreCase) ? StatedMemory.Fault(entry) : null;
        }

        if (!Enum.GetNames<CredentialKind>().Contains(entry.Key, StringComparer.OrdinalIgnoreCase))
        {
            return $"{entry.Path} is not known; an environment has {string.Join(", ", Enum.GetNames<CredentialKind>().Concat(ConfiguredEnvironments.OtherKeys))}.";
        }

        if (string.IsNullOrWhiteSpace(entry.Value))
        {
            return null;
        }

        if (!DatabaseUrl.Parse(entry.Value).Succeeded(out var url, out var fault))
        {
            return $"{entry.Path}: {fault.Words}";
        }

        return url.IsMonitorable ? null : $"{entry.Path} names a sqlite file; only PostgreSQL can be watched.";
    }
}
