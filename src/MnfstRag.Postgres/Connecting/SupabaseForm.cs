namespace MnfstRag.Postgres.Connecting;

/// <summary>Which of Supabase's endpoints an address names. Only names and ports are looked at; nothing is asked.</summary>
public enum SupabaseForm
{
    /// <summary>Not Supabase.</summary>
    None,

    /// <summary><c>db.&lt;ref&gt;.supabase.co:5432</c>: the server itself (IPv6 unless the project has the IPv4 add-on).</summary>
    Direct,

    /// <summary><c>…pooler.supabase.com:5432</c>: one server session per client.</summary>
    SessionPooler,

    /// <summary>Port 6543: no session state, no prepared statements, no LISTEN.</summary>
    TransactionPooler,
}
