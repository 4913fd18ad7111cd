namespace MnfstRag.Admin.Data.Settings.Vaulting;

/// <summary>Says in words what an answer of Vault means that is not the one that was wanted. Vault's own texts are judged and not repeated.</summary>
internal static class VaultFaults
{
    /// <summary>Judges a reply.</summary>
    /// <param name="reply">The reply.</param>
    /// <param name="address">Who gave it.</param>
    /// <param name="deed">"read secret/data/database"; null for signing in.</param>
    public static VaultAnswer<T> Judge<T>(VaultReply reply, VaultAddress address, string? deed)
        where T : class
    {
        var (state, words) = Judge(reply, address.Place, deed);
        return new VaultAnswer<T>(state, null, words);
    }

    private static (VaultState State, string Words) Judge(VaultReply reply, string place, string? deed) => reply switch
    {
        { Fault: { } fault } => (reply.State, fault),
        { IsSealed: true } => (VaultState.Sealed, $"Vault at {place} is sealed: it reads and writes nothing until somebody unseals it (vault operator unseal)."),
        { Status: 501 } => (VaultState.Sealed, $"Vault at {place} is not initialised: it holds nothing yet (vault operator init)."),
        { Status: >= 300 and < 400 } => (VaultState.Odd, $"{place} sends us to another address, which is not followed: a standby of a cluster does that. Name the active one, or the load balancer, in VAULT_URL."),
        { Status: 400 or 401 or 403 } when deed is null => (VaultState.Expired, $"Vault at {place} does not take the AppRole's RoleID and SecretID: it is mistyped, or the SecretID has expired, was used up or was revoked. Make a new one (vault write -f auth/approle/role/NAME/secret-id), and set VAULT_SECRET_ID."),
        { Status: 400 } when reply.Errors.Contains("check-and-set", StringComparison.OrdinalIgnoreCase) => (VaultState.Changed, $"Somebody wrote a newer version to Vault at {place} meanwhile. Nothing was written: look at it again."),
        { Status: 401 or 403 } => (VaultState.Forbidden, $"Vault at {place} does not let this AppRole {deed}. Its policy needs {Policy(deed!)}."),
        { Status: 404 } => (VaultState.Odd, $"Vault at {place} has {(deed is null ? "no AppRole sign-in at auth/approle" : "no engine there")}. {(deed is null ? "Enable it (vault auth enable approle)." : $"Enable a KV engine of version 2 (vault secrets enable -path={deed.Split(' ')[1].Split('/')[0]} -version=2 kv).")}"),
        { Status: 429 } => (VaultState.Odd, $"Vault at {place} is asked more often than it allows. Wait a minute."),
        { Status: 200 or 204 } => (VaultState.Odd, $"Vault at {place} answers without a version: the engine there is no KV engine of version 2."),
        { Status: 503 } => (VaultState.Unreachable, $"Vault at {place} is in maintenance, or has no active server. Try again in a minute."),
        _ => (VaultState.Odd, FormattableString.Invariant($"Vault at {place} answers with status {reply.Status}. Look into its log.")),
    };

    private static string Policy(string deed) =>
        deed.StartsWith("write ", StringComparison.Ordinal)
            ? $"path \"{deed[6..]}\" {{ capabilities = [\"create\", \"read\", \"update\"] }}"
            : $"path \"{deed[5..]}\" {{ capabilities = [\"read\"] }}";
}
