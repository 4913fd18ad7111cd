using System.Globalization;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Pooling;

namespace MnfstRag.Admin.Live.Pooling;

/// <summary>Reads what the section of an environment says of pools, and names every fault with its key. Addresses and passwords are not repeated.</summary>
internal static class PoolSettings
{
    private const int MostBackends = 20;

    /// <summary>Reads <c>Backend</c>, <c>PgBouncer</c> and <c>Pool</c>.</summary>
    public static PoolSources Read(IConfigurationSection environment, List<string> faults)
    {
        var backends = Backends(environment.GetSection("Backend"), faults);
        return new PoolSources(Plan(environment.GetSection("Pool"), Math.Max(1, backends.Count), faults), backends, PgBouncer(environment.GetSection("PgBouncer"), faults));
    }

    private static List<Uri> Backends(IConfigurationSection section, List<string> faults)
    {
        List<Uri> backends = [];
        foreach (var (index, entry) in AllowList.Entries(section.Value).Index())
        {
            if (Uri.TryCreate(entry, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
                && address is { Query.Length: 0, Fragment.Length: 0, UserInfo.Length: 0, Host.Length: > 0 })
            {
                backends.Add(address);
            }
            else
            {
                faults.Add(string.Create(CultureInfo.InvariantCulture, $"{section.Path}: address {index + 1} is no base address of a backend; write http://host:port or https://host, without user, query or fragment."));
            }
        }

        if (backends.Count > MostBackends)
        {
            faults.Add($"{section.Path} names {backends.Count} instances; at most {MostBackends} are asked.");
        }

        return backends;
    }

    private static PgBouncerAddress? PgBouncer(IConfigurationSection section, List<string> faults)
    {
        if (string.IsNullOrWhiteSpace(section.Value))
        {
            return null;
        }

        var (address, fault) = PgBouncerAddress.Parse(section.Value);
        if (fault is not null)
        {
            faults.Add($"{section.Path}: {fault}");
        }

        return address;
    }

    private static PoolPlan? Plan(IConfigurationSection section, int instances, List<string> faults)
    {
        foreach (var unknown in section.GetChildren().Where(child => !((string[])["Size", "Overflow", "Workers", "Instances", "Engines"]).Contains(child.Key, StringComparer.OrdinalIgnoreCase)))
        {
            faults.Add($"{unknown.Path} is not known; a pool has Size, Overflow, Workers, Instances and Engines.");
        }

        if (!section.GetChildren().Any())
        {
            return null;
        }

        var size = Number("Size", 0, 10_000, null);
        var overflow = Number("Overflow", -1, 10_000, null);
        var workers = Number("Workers", 1, 1_000, 1);
        var counted = Number("Instances", 1, 1_000, instances);
        var engines = Number("Engines", 1, 100, 1);
        return size is null || overflow is null || workers is null || counted is null || engines is null ? null : new PoolPlan(size.Value, overflow.Value, workers.Value, counted.Value, engines.Value);

        int? Number(string key, int least, int most, int? absent)
        {
            var text = section[key];
            if (string.IsNullOrWhiteSpace(text) && absent is not null)
            {
                return absent;
            }

            if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            {
                return number;
            }

            faults.Add(string.Create(CultureInfo.InvariantCulture, $"{section.Path}:{key} must be a whole number from {least} to {most}{(absent is null ? ", as the backend has it" : string.Empty)}."));
            return null;
        }
    }
}
