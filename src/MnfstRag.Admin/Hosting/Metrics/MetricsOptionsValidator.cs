using Microsoft.Extensions.Options;
using MnfstRag.Admin.Hosting.Probing;

namespace MnfstRag.Admin.Hosting.Metrics;

/// <summary>Names every fault of <see cref="MetricsOptions"/> with its key.</summary>
internal sealed class MetricsOptionsValidator : IValidateOptions<MetricsOptions>
{
    private const int MostObjects = 1000;
    private const int MostStatements = 500;

    public ValidateOptionsResult Validate(string? name, MetricsOptions options)
    {
        List<string> faults = [];
        var networks = ProbeRule.Read(options.Networks, out var unread);
        faults.AddRange(unread.Select(text => $"{Key(nameof(options.Networks))} holds \"{text}\", which is not a network. Write it as address/prefix, e.g. 10.0.0.0/8."));
        if (options.Token is { Length: > 0 and < ProbeRule.ShortestToken })
        {
            faults.Add($"{Key(nameof(options.Token))} is shorter than {ProbeRule.ShortestToken} characters.");
        }

        if (options.Address is { Length: > 0 } text2)
        {
            Address(text2);
        }

        Between(nameof(options.Objects), options.Objects, MostObjects);
        Between(nameof(options.Statements), options.Statements, MostStatements);
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);

        void Address(string text)
        {
            if (MetricsAddress.Read(text) is not { } address)
            {
                faults.Add($"{Key(nameof(options.Address))} cannot be listened on: write http://, an IP address or localhost, and a port, like http://127.0.0.1:9187.");
            }
            else if (!address.IsLoopback && string.IsNullOrEmpty(options.Token) && networks.Count == 0)
            {
                faults.Add($"{Key(nameof(options.Address))} is open beyond this machine: set {Key(nameof(options.Token))} or {Key(nameof(options.Networks))} as well.");
            }
        }

        void Between(string key, int value, int most)
        {
            if (value < 0 || value > most)
            {
                faults.Add($"{Key(key)} must lie between 0 and {most}.");
            }
        }
    }

    private static string Key(string name) => $"{MetricsOptions.Section}:{name}";
}
