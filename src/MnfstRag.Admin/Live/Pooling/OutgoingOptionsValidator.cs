using Microsoft.Extensions.Options;
using MnfstRag.Admin.Data.Environments;
using MnfstRag.Postgres.Connecting;

namespace MnfstRag.Admin.Live.Pooling;

/// <summary>Names every fault of <see cref="OutgoingOptions"/>, and of what environments say of their pools, with its key.</summary>
internal sealed class OutgoingOptionsValidator(IConfiguration configuration) : IValidateOptions<OutgoingOptions>
{
    public ValidateOptionsResult Validate(string? name, OutgoingOptions options)
    {
        AllowList.Read(options.Allowed, out var unread);
        List<string> faults = [.. unread.Select(fault => $"{ReachSettings.Key}: {fault}")];
        foreach (var environment in configuration.GetSection(ConfiguredEnvironments.Section).GetChildren())
        {
            PoolSettings.Read(environment, faults);
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
