using System.Net;
using System.Net.Sockets;
using MnfstRag.Postgres.Connecting;

namespace MnfstRag.Postgres.Checking;

/// <summary>
/// Is the session encrypted, and how long will the certificate last? What <c>pg_stat_ssl</c> negotiated and what a handshake shows,
/// never what sslmode wishes for: <c>sslmode=prefer</c> silently takes a plain connection.
/// </summary>
internal sealed class TlsCheck : ICheck
{
    /// <summary>Days left below which a certificate that renews itself should have done so.</summary>
    private const double WarningDays = 30;

    /// <summary>Days left below which it is urgent.</summary>
    private const double FailingDays = 7;

    public string Name => "tls";

    public string Title => "The connection is encrypted, the certificate lasts";

    public string? Needs => CheckNames.Reach;

    public string? Consults => CheckNames.SignIn;

    public async Task<CheckOutcome> RunAsync(CheckContext context, CancellationToken cancellationToken)
    {
        var handshake = await ShakeAsync(context, cancellationToken);
        var session = await context.SignedInAsync(cancellationToken);
        return Judge(handshake, session, Places.Of(context.Url), context.Time.GetUtcNow());
    }

    /// <summary>The rule.</summary>
    /// <param name="handshake">What our own handshake showed; null when the host broke it off or hung.</param>
    /// <param name="session">How our session is encrypted; null when nobody is signed in.</param>
    /// <param name="place">How far the traffic goes.</param>
    /// <param name="now">The moment that validity is judged at.</param>
    public static CheckOutcome Judge(TlsFacts? handshake, SessionTls? session, Place place, DateTimeOffset now)
    {
        if (handshake is null && session is null)
        {
            return CheckOutcome.Skipped("Nobody is signed in, and the server broke off or did not answer the TLS handshake.");
        }

        var encryption = Encryption(handshake, session, place);
        var certificate = handshake?.Certificate is { } shown ? Certificate(shown, now) : null;
        return certificate is null ? encryption : Worse(encryption, certificate);
    }

    private static CheckOutcome Encryption(TlsFacts? handshake, SessionTls? session, Place place)
    {
        if (session is { Encrypted: true })
        {
            var evidence = $"The session uses {session.Protocol} with {session.Cipher}.";
            return session.Protocol is "TLSv1" or "TLSv1.1"
                ? CheckOutcome.Warning(evidence, "This protocol is broken: set ssl_min_protocol_version = 'TLSv1.2' at the server.")
                : CheckOutcome.Ok(evidence);
        }

        var offer = handshake switch
        {
            { Fault: { } fault } => $" {fault}",
            { Offered: true } => " The server offers TLS.",
            { Offered: false } => " The server offers none.",
            null => "",
        };
        if (session is null)
        {
            return CheckOutcome.Skipped($"Nobody is signed in, so what a session negotiates is unknown.{offer}");
        }

        var remedy = handshake is { Offered: true }
            ? "Set sslmode=require in the address, better verify-full with sslrootcert."
            : "Turn ssl on at the server with a certificate, then set sslmode=verify-full with sslrootcert in the address.";
        return place switch
        {
            Place.ThisMachine => CheckOutcome.Ok($"The session is not encrypted, and does not leave this machine.{offer}"),
            Place.PrivateNetwork => CheckOutcome.Warning($"The session is not encrypted: the password's proof and all data cross the network in the clear.{offer}", remedy),
            _ => CheckOutcome.Failing($"The session is not encrypted: the password's proof and all data cross the public network in the clear.{offer}", remedy),
        };
    }

    private static CheckOutcome Certificate(ServerCertificate certificate, DateTimeOffset now)
    {
        const string Remedy = "Renew the certificate and reload the server (SELECT pg_reload_conf()): clients with sslmode=verify-ca or verify-full refuse it once it has expired.";
        var named = certificate.NamesHost ? "" : " It is not made out to this host, so sslmode=verify-full would refuse it.";
        if (now < certificate.ValidFrom)
        {
            return CheckOutcome.Failing($"The certificate of {certificate.Subject} is valid from {PlainWords.Date(certificate.ValidFrom)} only.{named}", "Check the clocks of both machines, or install a certificate that is valid now.");
        }

        var left = certificate.ValidUntil - now;
        return left <= TimeSpan.Zero
            ? CheckOutcome.Failing($"The certificate of {certificate.Subject} expired {PlainWords.Duration(-left)} ago, on {PlainWords.Date(certificate.ValidUntil)}.{named}", Remedy)
            : CheckOutcome.AtLevel(
                -left.TotalDays,
                -WarningDays,
                -FailingDays,
                $"The certificate of {certificate.Subject} is valid for {PlainWords.Duration(left)} more, until {PlainWords.Date(certificate.ValidUntil)}.{named}",
                Remedy);
    }

    /// <summary>Both evidences, the more serious verdict; nothing is worse than a certificate that fails, even where nobody is signed in.</summary>
    private static CheckOutcome Worse(CheckOutcome encryption, CheckOutcome certificate)
    {
        var verdict = certificate.Verdict is Verdict.Ok ? encryption.Verdict
            : encryption.Verdict is Verdict.Failing ? Verdict.Failing
            : certificate.Verdict;
        var remedy = string.Join(" ", new[] { encryption.Remedy, certificate.Remedy }.Where(text => text.Length > 0));
        return new(verdict, $"{encryption.Evidence} {certificate.Evidence}", remedy);
    }

    private static async Task<TlsFacts?> ShakeAsync(CheckContext context, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(context.Limits.Connect, context.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        foreach (var host in context.Url.Hosts)
        {
            if (await ShakeAsync(host, either.Token, cancellationToken) is { } facts)
            {
                return facts;
            }
        }

        return null;
    }

    /// <summary>Null where the host does not answer: another of the address may, and 'reach' says which do not.</summary>
    private static async Task<TlsFacts?> ShakeAsync(DatabaseHost host, CancellationToken limited, CancellationToken cancellationToken)
    {
        try
        {
            return await TlsHandshake.WithAsync(host, limited);
        }
        catch (Exception exception) when (exception is SocketException or IOException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}
