using MnfstRag.Postgres.Connecting;

namespace MnfstRag.Postgres.Validating;

/// <summary>
/// Tries settings on the living server: name, connection, TLS, certificates, sign-in, database, privileges, version, recovery, latency,
/// pooler and the connection budget. It only reads. Every probe has a time limit and gives a result; a fine one gives a note.
/// </summary>
public sealed class LiveValidator(LiveOptions options, TimeProvider time)
{
    /// <summary>Most hosts of all addresses together that are asked.</summary>
    private const int MostHosts = 16;

    /// <summary>The connection budget of each server or pooler that told its limits, the tightest first.</summary>
    public IReadOnlyList<ConnectionBudget> Budgets { get; private set; } = [];

    /// <summary>Asks every host of DATABASE_URL and DATABASE_REPLICA_URLS.</summary>
    /// <param name="settings">The settings to try.</param>
    /// <param name="progress">Told what is being asked: the probe and the host.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public async Task<IReadOnlyList<Finding>> RunAsync(EnvironmentSettings settings, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        var targets = new List<LiveTarget>();
        var budgets = new List<ConnectionBudget>();
        foreach (var (key, address) in Addresses(settings))
        {
            if (address.Url is not { IsMonitorable: true } url)
            {
                findings.Add(Finding.Note(key, "live-skipped", Skipped(address), "Correct the address, then try again."));
                continue;
            }

            targets.AddRange(LiveTarget.Of(key, url, settings));
        }

        using var limit = new CancellationTokenSource(options.Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        foreach (var wish in targets.Take(MostHosts).GroupBy(target => target.Tls))
        {
            using var files = new TlsFilesProbe(settings, options, time).Read(wish.Key);
            findings.AddRange(files.Findings);
            var probes = wish.Select(target => new TargetProbes(target, settings, files, options, time, progress)).ToList();
            foreach (var found in await Task.WhenAll(probes.Select(probe => probe.RunAsync(either.Token, cancellationToken))))
            {
                findings.AddRange(found);
            }

            budgets.AddRange(probes.Select(probe => probe.Budget).OfType<ConnectionBudget>());
        }

        if (targets.Count > MostHosts)
        {
            findings.Add(Finding.Note(ReplicaRules.Key, "live-skipped", $"Only the first {MostHosts} hosts were asked."));
        }

        Budgets = [.. budgets.DistinctBy(budget => budget.Place, StringComparer.OrdinalIgnoreCase).OrderBy(budget => budget.Available - (budget.IsUnlimited ? int.MaxValue : budget.Needed))];
        // Within a level the probes' own order tells the story: name, connection, TLS, sign-in, what the server says.
        return [.. findings.Distinct().OrderByDescending(finding => finding.Level)];
    }

    /// <summary>How many of the settings' addresses lead to a host: an engine with its own pool goes to each.</summary>
    internal static int AddressesOn(EnvironmentSettings settings, LiveTarget target) => Addresses(settings).Count(pair =>
        pair.Address.Url is { IsMonitorable: true } url && url.Hosts.Any(host => string.Equals(host.ToString(), target.ToString(), StringComparison.OrdinalIgnoreCase)));

    /// <summary>Every address that would be asked, with its key.</summary>
    internal static IEnumerable<(string Key, AddressText Address)> Addresses(EnvironmentSettings settings)
    {
        yield return (DatabaseUrlRules.Key, settings.Address);
        foreach (var replica in settings.Text(ReplicaRules.Key) is { } text ? DatabaseUrlList.Split(text) : [])
        {
            yield return (ReplicaRules.Key, AddressText.Read(replica));
        }
    }

    private static string Skipped(AddressText address) => address switch
    {
        { Url.Kind: DatabaseUrlKind.Sqlite } => "There is no server behind a sqlite address, so nothing was asked.",
        { Faults.Count: > 0 } => "The address cannot be read, so nothing was asked.",
        _ => "There is no address that could be asked: it is not set, or holds a reference that nothing resolves.",
    };
}
