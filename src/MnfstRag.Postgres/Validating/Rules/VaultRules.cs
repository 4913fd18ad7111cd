namespace MnfstRag.Postgres.Validating;

/// <summary>Vault is used in production only, and needs all three of its keys.</summary>
internal sealed class VaultRules : IRule
{
    public IEnumerable<Finding> Judge(EnvironmentSettings settings)
    {
        var set = EnvironmentSettings.VaultKeys.Where(settings.IsSet).ToList();
        if (set.Count == 0)
        {
            yield break;
        }

        if (!settings.IsProduction)
        {
            foreach (var key in set)
            {
                yield return Finding.Note(key, "vault-not-used", "The product reads Vault in production only; here the key does nothing.");
            }
        }
        else
        {
            foreach (var key in set.Count == EnvironmentSettings.VaultKeys.Count ? [] : EnvironmentSettings.VaultKeys)
            {
                yield return Finding.Warning(key, "vault-incomplete",
                    $"Vault needs VAULT_URL, VAULT_ROLE_ID and VAULT_SECRET_ID, and {string.Join(" and ", EnvironmentSettings.VaultKeys.Except(set, StringComparer.Ordinal))} {(set.Count == 2 ? "is" : "are")} not set.",
                    "Set all three, or none.");
            }
        }

        if (settings.Text("VAULT_URL") is { } address && Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme == "http" && !uri.IsLoopback && !settings.IsDevelopment)
        {
            yield return Finding.Warning("VAULT_URL", "vault-unencrypted", "The AppRole's secret and all that Vault answers cross the network in clear.", "Write https://.");
        }
    }
}
