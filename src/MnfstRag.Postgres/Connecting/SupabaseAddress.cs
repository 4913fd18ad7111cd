namespace MnfstRag.Postgres.Connecting;

/// <summary>Supabase's host names and ports.</summary>
internal static class SupabaseAddress
{
    private const int TransactionPort = 6543;

    public static SupabaseForm FormOf(DatabaseUrl url)
    {
        foreach (var host in url.Hosts)
        {
            if (IsPooler(host))
            {
                return host.EffectivePort == TransactionPort ? SupabaseForm.TransactionPooler : SupabaseForm.SessionPooler;
            }

            if (Named(host, ".supabase.co"))
            {
                return host.EffectivePort == TransactionPort ? SupabaseForm.TransactionPooler : SupabaseForm.Direct;
            }
        }

        return SupabaseForm.None;
    }

    public static bool IsMisspelt(DatabaseHost host) => Named(host, ".pooler.supabase.co");

    private static bool IsPooler(DatabaseHost host) => Named(host, ".pooler.supabase.com") || IsMisspelt(host);

    private static bool Named(DatabaseHost host, string suffix) => host.Name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase);
}
