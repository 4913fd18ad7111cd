using MnfstRag.Postgres.Connecting;

namespace MnfstRag.Postgres.Validating;

/// <summary>What belongs on one person's machine and not in production, and what names another environment.</summary>
internal sealed class ProductionRules : IRule
{
    private const string Environment = "ENVIRONMENT";

    private static readonly string[] EchoKeys = ["DB_ECHO", "SQL_ECHO"];

    public IEnumerable<Finding> Judge(EnvironmentSettings settings) => [.. Talkative(settings), .. Echo(settings), .. Name(settings), .. Local(settings)];

    private static IEnumerable<Finding> Talkative(EnvironmentSettings settings)
    {
        if (settings.IsDevelopment)
        {
            yield break;
        }

        if (settings.Flag("DEBUG") == true)
        {
            yield return settings.IsProduction
                ? Finding.Warning("DEBUG", "debug-in-production", "Whoever causes a fault is shown the backend's code, variables and settings.", "Write false.")
                : Finding.Note("DEBUG", "debug-in-staging", "Whoever causes a fault is shown the backend's code, variables and settings.", "Write false.");
        }

        foreach (var key in EchoKeys.Where(key => settings.Flag(key) == true))
        {
            yield return settings.IsProduction
                ? Finding.Warning(key, "echo-in-production", "Every statement is logged with its values: messages, addresses and password hashes end up in the log, and each request takes longer.", "Write false.")
                : Finding.Note(key, "echo-in-staging", "Every statement is logged with its values.", "Write false, as the guide recommends for staging.");
        }

        if (settings.IsProduction && settings.Text("LOG_LEVEL")?.ToUpperInvariant() is ("DEBUG" or "NOTSET"))
        {
            yield return Finding.Warning("LOG_LEVEL", "debug-log-in-production", "At this level libraries log what they handle, tokens and addresses included.", "Write WARNING, as the guide recommends, or INFO.");
        }
    }

    private static IEnumerable<Finding> Echo(EnvironmentSettings settings)
    {
        if (settings.Flag("DB_ECHO") is { } one && settings.Flag("SQL_ECHO") is { } other && one != other)
        {
            const string Message = "DB_ECHO and SQL_ECHO name the same thing and differ. The backend's code reads DB_ECHO; the guide writes SQL_ECHO.";
            yield return Finding.Warning("DB_ECHO", "echo-keys-differ", Message, "Keep one.");
            yield return Finding.Warning("SQL_ECHO", "echo-keys-differ", Message, "Keep one.");
        }
    }

    private static IEnumerable<Finding> Name(EnvironmentSettings settings)
    {
        if (settings.Text(Environment) is { } declared && EnvironmentKinds.Named(declared) is { } kind && EnvironmentKinds.Named(settings.Name) is { } named && kind != named)
        {
            yield return Finding.Warning(Environment, "environment-mismatch",
                $"The file says that it is {kind.ToString().ToLowerInvariant()}, and is checked as {settings.Kind.ToString().ToLowerInvariant()}. The backend goes by the file, and reads .env.{kind.ToString().ToLowerInvariant()} next.",
                $"Write ENVIRONMENT={settings.Kind.ToString().ToLowerInvariant()}, or check it as what it is.");
        }
        else if (EnvironmentKinds.Named(settings.Name) is null)
        {
            yield return Finding.Note(Environment, "judged-as", $"The guide has no environment of this name; the file is judged as {settings.Kind.ToString().ToLowerInvariant()}{(EnvironmentKinds.Named(settings.Text(Environment)) is null ? ", the strictest" : ", as its ENVIRONMENT says")}.");
        }
    }

    private static IEnumerable<Finding> Local(EnvironmentSettings settings)
    {
        if (settings.IsProduction && settings.Url is { IsMonitorable: true } url && url.Hosts.Any(IsLoopback))
        {
            yield return Finding.Note(DatabaseUrlRules.Key, "production-on-this-machine", "Production's database is on the backend's own machine, or the address was copied from development.");
        }
    }

    private static bool IsLoopback(DatabaseHost host) => host.EffectiveName is ("localhost" or "127.0.0.1" or "::1") && !host.IsUnixSocket;
}
