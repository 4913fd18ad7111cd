namespace MnfstRag.Postgres.Validating;

/// <summary>What an address is tried for.</summary>
public enum CredentialPurpose
{
    /// <summary>The product's backend.</summary>
    Backend,

    /// <summary>Samplers and pages: pg_monitor, reading only.</summary>
    Watch,

    /// <summary>Signals and maintenance: pg_signal_backend, and owner or pg_maintain (17 and later), on a direct connection.</summary>
    Maintain,

    /// <summary>The tenant area: the fence's views and nothing else.</summary>
    Fence,

    /// <summary>Product sign-in: EXECUTE on one function and nothing else.</summary>
    SignIn,
}
