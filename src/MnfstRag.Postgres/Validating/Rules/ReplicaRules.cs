namespace MnfstRag.Postgres.Validating;

/// <summary>DATABASE_REPLICA_URLS: each address alone.</summary>
internal sealed class ReplicaRules : IRule
{
    internal const string Key = "DATABASE_REPLICA_URLS";

    public IEnumerable<Finding> Judge(EnvironmentSettings settings)
    {
        if (settings.Text(Key) is not { } text)
        {
            return [];
        }

        var addresses = Split(text).Select(AddressText.Read).ToList();
        return
        [
            .. addresses.SelectMany(address => address.Faults).Select(fault => DatabaseUrlRules.Fault(Key, fault)).Distinct(),
            .. addresses.SelectMany(address => DatabaseUrlRules.Of(Key, address.Url, settings)).Distinct(),
            .. addresses.Where(address => address.Url is { IsMonitorable: true }).SelectMany(address => SupabaseRules.Judge(Key, address.Url!)).Distinct(),
            Finding.Note(Key, "failover-sample",
                "The product has no key for replicas; the dashboard watches these. The guide's failover sample never fails over: making an engine does not connect, so it sees no fault and stays on the primary, and it has no way back.",
                "Let the driver choose: several hosts in DATABASE_URL with target_session_attrs=read-write."),
        ];
    }

    /// <summary>Addresses are parted by line ends, or by commas before a scheme: a comma also parts the hosts of one address.</summary>
    internal static IEnumerable<string> Split(string text)
    {
        foreach (var line in text.Split(['\n', '\r'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var one = "";
            foreach (var piece in line.Split(','))
            {
                if (one.Length > 0 && piece.Contains("://", StringComparison.Ordinal))
                {
                    yield return one.Trim();
                    one = piece;
                }
                else
                {
                    one = one.Length > 0 ? $"{one},{piece}" : piece;
                }
            }

            if (one.Trim().Length > 0)
            {
                yield return one.Trim();
            }
        }
    }
}
