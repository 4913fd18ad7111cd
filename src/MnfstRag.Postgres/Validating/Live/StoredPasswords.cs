namespace MnfstRag.Postgres.Validating;

/// <summary>
/// A password that was typed for one server is given to no other: where host, port or user changed, or the encryption became weaker,
/// it must be typed again. The same holds for the AppRole's secret and the Vault server it was typed for.
/// </summary>
public static class StoredPasswords
{
    private const string VaultSecret = "VAULT_SECRET_ID";

    private static readonly string[] Modes = ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"];

    /// <summary>An error for each key whose stored secret would go where it was not typed for.</summary>
    /// <param name="stored">The settings that the kept values are from.</param>
    /// <param name="proposed">The settings that would use them.</param>
    /// <param name="kept">Keys whose value was not typed.</param>
    public static IReadOnlyList<Finding> Judge(EnvironmentSettings stored, EnvironmentSettings proposed, IReadOnlySet<string> kept)
    {
        var known = Targets(stored).ToList();
        return
        [
            .. from target in Targets(proposed)
               let value = proposed.File.Find(target.Key)?.Value
               where kept.Count > 0 && (kept.Contains(target.Key) || value?.Contains("${", StringComparison.Ordinal) == true)
               where !known.Exists(one => IsSame(one, target))
               select Finding.Error(
                   target.Key,
                   "secret-again",
                   $"The stored password was not typed for {target} with this user and sslmode {target.Tls.Mode}: it is never sent to a changed host, port or user, nor over a weaker encryption.",
                   $"Type the whole value of {target.Key} again."),
            .. kept.Contains(VaultSecret) && VaultOf(stored) != VaultOf(proposed)
                ? [Finding.Error(VaultSecret, "secret-again", "The stored SecretID was not typed for this VAULT_URL and VAULT_ROLE_ID: it is never sent to another Vault server, nor for another role.", $"Type {VaultSecret} again.")]
                : Array.Empty<Finding>(),
        ];
    }

    private static (string? Server, string? Role) VaultOf(EnvironmentSettings settings) => (settings.Text("VAULT_URL")?.TrimEnd('/'), settings.Text("VAULT_ROLE_ID"));

    private static IEnumerable<LiveTarget> Targets(EnvironmentSettings settings) =>
        LiveValidator.Addresses(settings).Where(pair => pair.Address.Url is { IsMonitorable: true }).SelectMany(pair => LiveTarget.Of(pair.Key, pair.Address.Url!, settings));

    /// <summary>What was typed for one may go to the other.</summary>
    internal static bool IsSame(LiveTarget before, LiveTarget now) =>
        string.Equals(before.ToString(), now.ToString(), StringComparison.OrdinalIgnoreCase)
        && before.Url.User == now.Url.User
        && Array.IndexOf(Modes, now.Tls.Mode) >= Array.IndexOf(Modes, before.Tls.Mode)
        && (!before.Tls.Verifies || before.Tls.Authority == now.Tls.Authority);
}
