using MnfstRag.Postgres.Connecting;

namespace MnfstRag.Postgres.Validating;

/// <summary>Supabase's three addresses, which the product's guides confuse.</summary>
internal sealed class SupabaseRules : IRule
{
    public IEnumerable<Finding> Judge(EnvironmentSettings settings) => settings.Address.Readable is { } url ? Judge(DatabaseUrlRules.Key, url) : [];

    /// <summary>The rules for one address.</summary>
    internal static IEnumerable<Finding> Judge(string key, DatabaseUrl url)
    {
        if (url.IsMisspeltSupabasePooler)
        {
            yield return Finding.Error(key, "supabase-pooler-misspelt", "The host ends in .pooler.supabase.co, as two of the product's guides have it. No such host exists.", "Write .pooler.supabase.com.");
        }

        switch (url.Supabase)
        {
            case SupabaseForm.TransactionPooler:
                yield return Finding.Warning(key, "supabase-transaction-pooler",
                    "Port 6543 is the transaction pooler, not the session pooler that the guide calls it: no prepared statements, no session settings, no LISTEN. An async engine fails on it.",
                    "For a session per client, write port 5432 of the pooler's host.");
                break;
            case SupabaseForm.Direct:
                yield return Finding.Note(key, "supabase-direct", "Supabase's direct host has an IPv6 address only, unless the project has the IPv4 add-on.", "From an IPv4 network, use the session pooler.");
                break;
        }

        if (string.IsNullOrEmpty(url.User))
        {
            yield break;
        }

        var pooler = url.Hosts.Any(host => host.Name.Contains(".pooler.supabase.", StringComparison.OrdinalIgnoreCase));
        var dotted = url.User.Contains('.', StringComparison.Ordinal);
        if (pooler && !dotted)
        {
            yield return Finding.Error(key, "supabase-pooler-user", "Supabase's pooler finds the project by the user's name, and this one names no project: it answers \"Tenant or user not found\".", "Write the user as postgres.<project reference>.");
        }
        else if (!pooler && url.Supabase is SupabaseForm.Direct && dotted)
        {
            yield return Finding.Error(key, "supabase-direct-user", "The user has the pooler's form, and the direct host knows no such role.", "Write the user as postgres.");
        }
    }
}
