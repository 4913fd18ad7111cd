using System.Security.Authentication;
using MnfstRag.Postgres.Checking;

namespace MnfstRag.Postgres.Tests.Checking.Reaching;

public sealed class TlsRulesTests
{
    private static readonly SessionTls Plain = new(Encrypted: false, Protocol: null, Cipher: null);
    private static readonly SessionTls Encrypted = new(Encrypted: true, "TLSv1.3", "TLS_AES_256_GCM_SHA384");
    private static readonly TlsFacts NotOffered = new(Offered: false, Protocol: null, Certificate: null, Fault: null);

    [Theory]
    [InlineData(Verdict.Ok, 400)]
    [InlineData(Verdict.Ok, 31)]
    [InlineData(Verdict.Warning, 29)]
    [InlineData(Verdict.Warning, 8)]
    [InlineData(Verdict.Failing, 6)]
    [InlineData(Verdict.Failing, -1)]
    public void The_days_that_the_certificate_has_left_decide(Verdict expected, int days) =>
        Given.Is(expected, Judge(Offered(days), Encrypted), "TLSv1.3", "TLS_AES_256_GCM_SHA384", "db.example.com");

    [Fact]
    public void An_expired_certificate_shows_even_where_nobody_could_sign_in() =>
        Given.Is(Verdict.Failing, Judge(Offered(-3), session: null), "expired 3 d", "Renew");

    [Fact]
    public void A_certificate_of_the_future_fails() =>
        Given.Is(Verdict.Failing, Judge(Offered(90, from: 1), Encrypted), "valid from 24 Nov 2026 only");

    [Theory]
    [InlineData(Verdict.Ok, nameof(Place.ThisMachine))]
    [InlineData(Verdict.Warning, nameof(Place.PrivateNetwork))]
    [InlineData(Verdict.Failing, nameof(Place.PublicNetwork))]
    public void A_plain_session_is_as_bad_as_its_way_is_long(Verdict expected, string place) =>
        Given.Is(expected, TlsCheck.Judge(NotOffered, Plain, Enum.Parse<Place>(place), Given.Now), "not encrypted", "offers none");

    [Fact]
    public void A_plain_session_is_told_that_the_server_offers_TLS() =>
        Given.Is(Verdict.Failing, Judge(Offered(400), Plain), "The server offers TLS", "sslmode=require");

    [Fact]
    public void An_old_protocol_is_a_warning() =>
        Given.Is(Verdict.Warning, Judge(Offered(400), Encrypted with { Protocol = "TLSv1.1" }), "ssl_min_protocol_version");

    [Fact]
    public void A_certificate_of_another_host_is_mentioned() =>
        Given.Is(Verdict.Ok, Judge(Offered(400, named: false), Encrypted), "verify-full would refuse");

    [Fact]
    public void Without_sign_in_a_good_certificate_proves_nothing_about_sessions() =>
        Given.Is(Verdict.Skipped, Judge(Offered(400), session: null), "Nobody is signed in");

    [Fact]
    public void Nothing_seen_is_nothing_judged() => Given.Is(Verdict.Skipped, Judge(handshake: null, session: null));

    private static CheckOutcome Judge(TlsFacts? handshake, SessionTls? session) => TlsCheck.Judge(handshake, session, Place.PublicNetwork, Given.Now);

    private static TlsFacts Offered(int days, int from = -100, bool named = true) =>
        new(Offered: true, SslProtocols.Tls13, new("db.example.com", Given.Now.AddDays(from), Given.Now.AddDays(days), named), Fault: null);
}
