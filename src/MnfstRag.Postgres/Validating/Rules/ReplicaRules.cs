using MnfstRag.Postgres.Connecting;

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

        var addresses = DatabaseUrlList.Split(text).Select(AddressText.Read).ToList();
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
}
