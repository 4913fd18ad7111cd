using MnfstRag.Postgres.Connecting;

namespace MnfstRag.Postgres.Validating;

/// <summary>
/// Tries one of the dashboard's own credentials on the living server: name, TCP, TLS, files, sign-in, and whether its role may do what it is
/// for and no more. It only reads.
/// </summary>
/// <param name="options">Limits, the guard, the folder of certificates.</param>
/// <param name="time">For limits and certificates.</param>
public sealed class CredentialProbe(LiveOptions options, TimeProvider time)
{
    /// <summary>Asks every host of the address.</summary>
    /// <param name="key">The name that findings carry.</param>
    /// <param name="url">The address.</param>
    /// <param name="purpose">What it is for.</param>
    /// <param name="isProduction">The environment is judged as production.</param>
    /// <param name="progress">Told what is being asked.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<IReadOnlyList<Finding>> RunAsync(string key, DatabaseUrl url, CredentialPurpose purpose, bool isProduction, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        if (!url.IsMonitorable)
        {
            return [Finding.Error(key, "sqlite-url", "There is no server behind a sqlite address.", "Write postgresql://user:password@host:5432/database.")];
        }

        var settings = new EnvironmentSettings(isProduction ? "production" : "development", EnvFile.Parse(""));
        using var limit = new CancellationTokenSource(options.Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var targets = LiveTarget.Of(key, url, settings).ToList();
        using var files = new TlsFilesProbe(settings, options, time) { Owner = key }.Read(targets[0].Tls);
        var found = await Task.WhenAll(targets.Select(target => new TargetProbes(target, settings, files, options with { Purpose = purpose }, time, progress).RunAsync(either.Token, cancellationToken)));
        return [.. files.Findings.Concat(found.SelectMany(one => one)).Distinct().OrderByDescending(finding => finding.Level)];
    }

    /// <summary>A stored password would be given to a server, user or encryption that it was not typed for.</summary>
    public static bool IsAnotherServer(DatabaseUrl stored, DatabaseUrl proposed)
    {
        var none = new EnvironmentSettings("production", EnvFile.Parse(""));
        var known = LiveTarget.Of("", stored, none).ToList();
        return !LiveTarget.Of("", proposed, none).All(target => known.Exists(one => StoredPasswords.IsSame(one, target)));
    }
}
