using System.Globalization;
using Npgsql;

namespace MnfstRag.Postgres.Connecting;

/// <summary>Turns a <see cref="DatabaseUrl"/> into Npgsql's settings.</summary>
internal static class NpgsqlSettings
{
    /// <summary>Npgsql takes no longer connect timeout (seconds).</summary>
    private const int LongestTimeout = 1024;

    public static NpgsqlConnectionStringBuilder From(DatabaseUrl url)
    {
        var builder = new NpgsqlConnectionStringBuilder();
        Address(builder, url);
        if (url.Kind == DatabaseUrlKind.KeyValue)
        {
            Verbatim(builder, url);
            return builder;
        }

        builder.SslMode = SslModeOf(url);
        Text(url, "sslcert", value => builder.SslCertificate = value);
        Text(url, "sslkey", value => builder.SslKey = value);
        Text(url, "sslpassword", value => builder.SslPassword = value);
        Text(url, "sslrootcert", value => builder.RootCertificate = value is "system" ? null : value);
        Text(url, "application_name", value => builder.ApplicationName = value);
        Text(url, "options", value => builder.Options = value);
        Text(url, "target_session_attrs", value => builder.TargetSessionAttributes = value);
        Text(url, "passfile", value => builder.Passfile = value);
        if (Seconds(url.Parameter("connect_timeout")) is { } seconds)
        {
            builder.Timeout = Math.Min(seconds, LongestTimeout);
        }

        return builder;
    }

    /// <summary>Hosts, port, user, password and database: the same for every form.</summary>
    public static void Address(NpgsqlConnectionStringBuilder builder, DatabaseUrl url)
    {
        if (url.Hosts is [var single])
        {
            builder.Host = single.EffectiveName;
            builder.Port = single.EffectivePort;
        }
        else
        {
            builder.Host = string.Join(',', url.Hosts.Select(host => host.IsUnixSocket ? host.Name : host.ToString()));
        }

        builder.Username = url.User;
        builder.Password = url.Password;
        builder.Database = url.Database;
    }

    /// <summary>Settings that are Npgsql's own already.</summary>
    public static void Verbatim(NpgsqlConnectionStringBuilder builder, DatabaseUrl url)
    {
        foreach (var (name, value) in url.Parameters)
        {
            builder[name] = value;
        }
    }

    /// <summary>Seconds of a connect_timeout as libpq reads it; null when it is not a number.</summary>
    public static int? Seconds(string? text) =>
        int.TryParse(text, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var seconds)
            ? seconds
            : null;

    /// <summary>libpq's sslmode, or asyncpg's ssl; null for a word that is neither's.</summary>
    public static SslMode? SslModeFrom(string word) => word switch
    {
        "disable" => SslMode.Disable,
        "allow" => SslMode.Allow,
        "prefer" => SslMode.Prefer,
        "require" => SslMode.Require,
        "verify-ca" => SslMode.VerifyCA,
        "verify-full" => SslMode.VerifyFull,
        _ => null,
    };

    private static SslMode SslModeOf(DatabaseUrl url)
    {
        var root = url.Parameter("sslrootcert");
        var mode = SslModeFrom(url.Parameter("sslmode") ?? url.Parameter("ssl") ?? "prefer") ?? SslMode.Prefer;
        return root switch
        {
            "system" => SslMode.VerifyFull,
            not null when mode == SslMode.Require => SslMode.VerifyCA,
            _ => mode,
        };
    }

    private static void Text(DatabaseUrl url, string name, Action<string> set)
    {
        if (url.Parameter(name) is { Length: > 0 } value)
        {
            set(value);
        }
    }
}
