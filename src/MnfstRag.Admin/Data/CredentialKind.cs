namespace MnfstRag.Admin.Data;

/// <summary>The four credentials of an environment. None may stand in for another.</summary>
public enum CredentialKind
{
    /// <summary>pg_monitor, read-only: samplers and pages.</summary>
    Watch,

    /// <summary>Owner or pg_maintain and pg_signal_backend, on a direct connection: signals and maintenance.</summary>
    Maintain,

    /// <summary>Only the fence's views: the tenant area.</summary>
    Fence,

    /// <summary>EXECUTE on the one sign-in function: product sign-in.</summary>
    SignIn,
}
