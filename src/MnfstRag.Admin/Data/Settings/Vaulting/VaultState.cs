namespace MnfstRag.Admin.Data.Settings.Vaulting;

/// <summary>What became of a question to Vault.</summary>
public enum VaultState
{
    /// <summary>It answered.</summary>
    Answered,

    /// <summary>Nobody has unsealed it since it started, or somebody sealed it.</summary>
    Sealed,

    /// <summary>The AppRole's SecretID is not valid: expired, used up, revoked, or never was.</summary>
    Expired,

    /// <summary>The AppRole's policy does not allow it.</summary>
    Forbidden,

    /// <summary>No answer: refused, silent, unknown name, untrusted certificate.</summary>
    Unreachable,

    /// <summary>The dashboard may not ask this address.</summary>
    NotListed,

    /// <summary>Somebody wrote a newer version meanwhile; nothing was written.</summary>
    Changed,

    /// <summary>An answer that Vault's KV v2 engine does not give here: another engine, another server, an overload.</summary>
    Odd,
}
