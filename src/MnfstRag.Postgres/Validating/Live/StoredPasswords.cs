namespace MnfstRag.Postgres.Validating;

/// <summary>
/// A password that was typed for one server is given to no other: where host, port or user changed, or the encryption became weaker,
/// it must be typed again.
/// </summary>
public static class StoredPasswords
{
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
        ];
    }

    private static IEnumerable<LiveTarget> Targets(EnvironmentSettings settings) =>
        LiveValidator.Addresses(settings).Where(pair => pair.Address.Url is { IsMonitorable: true }).SelectMany(pair => LiveTarget.Of(pair.Key, pair.Address.Url!, settings));

    private static bool IsSame(LiveTarget before, LiveTarget now) =>
        string.Equals(before.ToString(), now.ToString(), StringComparison.OrdinalIgnoreCase)
        && before.Url.User == now.Url.User
        && Array.IndexOf(Modes, now.Tls.Mode) >= Array.IndexOf(Modes, before.Tls.Mode)
        && (!before.Tls.Verifies || before.Tls.Authority == now.Tls.Authority);
}
