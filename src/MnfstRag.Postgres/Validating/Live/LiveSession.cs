using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using MnfstRag.Postgres.Connecting;
using Npgsql;

namespace MnfstRag.Postgres.Validating;

/// <summary>
/// Signs in at an address that was judged before, by the name that the settings give. The password is never shown to a server that
/// asks for it in clear, unless the connection is encrypted and the certificate verified.
/// </summary>
internal static class LiveSession
{
    /// <summary>A data source for single sessions; dispose it.</summary>
    public static NpgsqlDataSource Source(LiveTarget target, IPAddress address, TlsFiles files, TimeProvider time, TimeSpan limit)
    {
        var settings = target.Url.ToConnectionStringBuilder();
        settings.Host = address.ToString();
        settings.Pooling = false;
        settings.Enlist = false;
        settings.KeepAlive = 0;
        settings.MaxAutoPrepare = 0;
        settings.ApplicationName = "mnfst-admin validate";
        settings.Timeout = Math.Max(1, (int)Math.Ceiling(limit.TotalSeconds));
        settings.CommandTimeout = settings.Timeout;
        settings.CancellationTimeout = -1;
        settings.IncludeErrorDetail = false;
        settings.TargetSessionAttributes = null;
        settings.SslCertificate = settings.SslKey = settings.SslPassword = settings.RootCertificate = null;
        // A passfile, password or client certificate of this machine's own must not stand in for what the settings say.
        settings.Passfile = null;
        settings.SslMode = target.Tls.Mode switch
        {
            "disable" => SslMode.Disable,
            "allow" => SslMode.Allow,
            "prefer" => SslMode.Prefer,
            _ => SslMode.Require,
        };
        settings.RequireAuth = target.Tls.Verifies ? null : "!Password";
        var builder = new NpgsqlDataSourceBuilder(settings.ConnectionString);
        builder.ConfigureTypeLoading(types => types.EnableTypeLoading(false));
        builder.WithOwnPasswordOnly();
        if (settings.SslMode is not SslMode.Disable)
        {
            builder.UseSslClientAuthenticationOptionsCallback(options => Configure(options, target, files, time));
        }

        return builder.Build();
    }

    private static void Configure(SslClientAuthenticationOptions options, LiveTarget target, TlsFiles files, TimeProvider time)
    {
        options.TargetHost = target.Host.EffectiveName;
        options.ClientCertificates = files.Client is { } client ? [client] : null;
        options.RemoteCertificateValidationCallback = (_, certificate, chain, _) =>
            certificate is X509Certificate2 shown
            && CertificateVerdict.Of(shown, chain?.ChainPolicy.ExtraStore, files.Authorities, target.Host, time.GetUtcNow()).Satisfies(target.Tls, time.GetUtcNow());
    }
}
