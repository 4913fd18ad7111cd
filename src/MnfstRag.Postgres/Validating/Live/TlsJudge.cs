using System.Globalization;

namespace MnfstRag.Postgres.Validating;

/// <summary>What a server's answer to the wish for TLS means for these settings.</summary>
internal static class TlsJudge
{
    private const string Tls = "live-tls";
    private const string Certificate = "live-certificate";
    private const int WarningDays = 30;

    /// <summary>Findings; an error means that a driver with these settings does not connect.</summary>
    public static IEnumerable<Finding> Judge(LiveTarget target, TlsAnswer answer, bool isProduction, DateTimeOffset now)
    {
        if (!answer.Offered)
        {
            yield return target.Tls.Demands
                ? Finding.Error(target.Key, Tls, $"{target} offers no TLS, and sslmode {target.Tls.Mode} demands it: the driver does not connect.", "Turn ssl on at the server.")
                : new(target.Key, Tls, isProduction ? FindingLevel.Warning : FindingLevel.Note, $"{target} offers no TLS: the connection is not encrypted.", isProduction ? "Turn ssl on at the server, and write sslmode=verify-full." : "");
            yield break;
        }

        if (answer.Protocol is null)
        {
            yield return new(target.Key, Tls, target.Tls.Mode is "disable" ? FindingLevel.Note : FindingLevel.Error,
                $"{target} offers TLS and the handshake fails: it wants another client certificate, or speaks no protocol that this machine accepts.", "Check sslcert and sslkey, and ssl_min_protocol_version at the server.");
        }
        else
        {
            var used = target.Tls.Mode is "disable" ? " sslmode disable does not use it." : "";
            yield return Finding.Note(target.Key, Tls, $"{target} negotiated {answer.Protocol} with {answer.Cipher}.{used}", target.Tls.Mode is "disable" ? "Write sslmode=verify-full." : "");
        }

        if (answer.Certificate is { } certificate)
        {
            foreach (var finding in Judge(target, certificate, now))
            {
                yield return finding;
            }
        }
    }

    private static IEnumerable<Finding> Judge(LiveTarget target, CertificateVerdict certificate, DateTimeOffset now)
    {
        var wish = target.Tls;
        var level = wish.Verifies ? FindingLevel.Error : wish.Mode is "require" ? FindingLevel.Warning : FindingLevel.Note;
        var refused = wish.Verifies ? $", so sslmode {wish.Mode} refuses it" : "";
        var expired = now > certificate.ValidUntil;
        if (!certificate.IsValidAt(now))
        {
            yield return new(target.Key, Certificate, level,
                $"The certificate of {target} {(expired ? "expired on" : "is not valid before")} {Date(expired ? certificate.ValidUntil : certificate.ValidFrom)}{refused}.", "Renew it and reload the server: SELECT pg_reload_conf().");
        }

        if (!certificate.IsTrusted)
        {
            var signer = certificate.IsSelfSigned ? "signed itself" : "is not signed by an authority that is trusted here";
            yield return new(target.Key, Certificate, level,
                $"The certificate of {target} {signer}{refused}.", "Name the certificate of the authority that signed it: sslrootcert in the address, or DB_SSL_CA_PATH.");
        }

        if (!certificate.NamesHost)
        {
            var full = wish.Mode is "verify-full";
            yield return new(target.Key, Certificate, full ? FindingLevel.Error : FindingLevel.Note,
                $"The certificate of {target} is made out to another host{(full ? ", so sslmode verify-full refuses it" : "")}.", "Use the name that the certificate bears, or have one made out to this one.");
        }

        var left = (int)(certificate.ValidUntil - now).TotalDays;
        if (!expired)
        {
            var words = string.Create(CultureInfo.InvariantCulture, $"The certificate of {target} is valid for {left} more days, until {Date(certificate.ValidUntil)}.");
            yield return left < WarningDays
                ? Finding.Warning(target.Key, Certificate, words, "Renew it in time, and reload the server.")
                : Finding.Note(target.Key, Certificate, words);
        }
    }

    private static string Date(DateTimeOffset date) => date.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
