using System.Security.Cryptography.X509Certificates;
using MnfstRag.Postgres.Connecting;

namespace MnfstRag.Postgres.Validating;

/// <summary>A server's certificate, judged as libpq judges it in verify-full, whatever mode is asked for.</summary>
/// <param name="Subject">Whom it names.</param>
/// <param name="ValidFrom">Its first moment.</param>
/// <param name="ValidUntil">Its last moment.</param>
/// <param name="IsTrusted">An authority that is named, or one of this machine's where none is, signed it.</param>
/// <param name="IsSelfSigned">It signed itself.</param>
/// <param name="NamesHost">It is made out to the host of the address.</param>
internal sealed record CertificateVerdict(string Subject, DateTimeOffset ValidFrom, DateTimeOffset ValidUntil, bool IsTrusted, bool IsSelfSigned, bool NamesHost)
{
    /// <summary>Judges a certificate.</summary>
    /// <param name="certificate">The server's.</param>
    /// <param name="shown">What else it showed, to complete the chain.</param>
    /// <param name="authorities">Whom to trust; null for this machine's authorities.</param>
    /// <param name="host">The host asked for.</param>
    /// <param name="now">The moment.</param>
    public static CertificateVerdict Of(
        X509Certificate2 certificate, X509Certificate2Collection? shown, X509Certificate2Collection? authorities, DatabaseHost host, DateTimeOffset now)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        // Validity is judged apart, so that an expired certificate is not called untrusted too.
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.IgnoreNotTimeValid;
        if (shown is not null)
        {
            chain.ChainPolicy.ExtraStore.AddRange(shown);
        }

        if (authorities is not null)
        {
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        }

        var trusted = chain.Build(certificate);
        return new(
            certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false),
            new DateTimeOffset(certificate.NotBefore),
            new DateTimeOffset(certificate.NotAfter),
            trusted,
            certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData),
            certificate.MatchesHostname(host.EffectiveName));
    }

    /// <summary>It is valid at a moment.</summary>
    public bool IsValidAt(DateTimeOffset now) => now >= ValidFrom && now <= ValidUntil;

    /// <summary>A driver with this wish takes it.</summary>
    public bool Satisfies(TlsWish wish, DateTimeOffset now) =>
        !wish.Verifies || (IsTrusted && IsValidAt(now) && (NamesHost || wish.Mode is "verify-ca"));
}
