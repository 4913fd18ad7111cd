namespace MnfstRag.Postgres.Validating;

/// <summary>What the session's role may do beyond signing in (14–18).</summary>
/// <param name="Name">The role.</param>
/// <param name="IsSuperuser">rolsuper.</param>
/// <param name="BypassesRowSecurity">rolbypassrls.</param>
/// <param name="Monitors">It has the rights of pg_monitor.</param>
/// <param name="Signals">It has the rights of pg_signal_backend.</param>
/// <param name="Maintains">It has the rights of pg_maintain (17 and later).</param>
/// <param name="Tables">The product's tables in the schema public.</param>
/// <param name="Owned">Of these, those that it owns.</param>
/// <param name="Readable">Of these, those that it may read.</param>
/// <param name="Writable">Of these, those that it may change.</param>
/// <param name="Functions">SECURITY DEFINER functions outside the system's schemas that it may run.</param>
internal sealed record RolePowers(
    string Name, bool IsSuperuser, bool BypassesRowSecurity, bool Monitors, bool Signals, bool Maintains, int Tables, int Owned, int Readable, int Writable, int Functions);
