using Microsoft.Extensions.Options;
using MnfstRag.Admin.Hosting.Probing;

namespace MnfstRag.Admin.Hosting.Health;

/// <summary>Names every fault of <see cref="DatabaseHealthOptions"/> with its key.</summary>
internal sealed class DatabaseHealthOptionsValidator : IValidateOptions<DatabaseHealthOptions>
{
    public ValidateOptionsResult Validate(string? name, DatabaseHealthOptions options)
    {
        List<string> faults = [];
        var networks = ProbeRule.Read(options.Networks, out var unread);
        faults.AddRange(unread.Select(text => $"{Key(nameof(options.Networks))} holds \"{text}\", which is not a network. Write it as address/prefix, e.g. 10.0.0.0/8."));
        if (!Enum.IsDefined(options.Access))
        {
            faults.Add($"{Key(nameof(options.Access))} must be one of {string.Join(", ", Enum.GetNames<ProbeAccess>())}.");
        }

        if (options.Access == ProbeAccess.Token && (options.Token?.Length ?? 0) < ProbeRule.ShortestToken)
        {
            faults.Add($"{Key(nameof(options.Token))} must have at least {ProbeRule.ShortestToken} characters, because {Key(nameof(options.Access))} is Token.");
        }

        if (options.Access == ProbeAccess.Networks && networks.Count == 0 && unread.Count == 0)
        {
            faults.Add($"{Key(nameof(options.Networks))} is empty, and {Key(nameof(options.Access))} is Networks: nobody could ask.");
        }

        if (options.StaleAfter < TimeSpan.FromSeconds(1) || options.StaleAfter > TimeSpan.FromHours(1))
        {
            faults.Add($"{Key(nameof(options.StaleAfter))} is {options.StaleAfter:c}; it must lie between 00:00:01 and 01:00:00.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static string Key(string name) => $"{DatabaseHealthOptions.Section}:{name}";
}
