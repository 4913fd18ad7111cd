using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Time.Testing;
using MnfstRag.Admin.Data.Settings.Vaulting;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Testing;

namespace MnfstRag.Admin.Tests.Data.Settings.Vaulting;

public sealed class VaultClientTests : IAsyncLifetime
{
    private const string Login = "POST /v1/auth/approle/login";
    private const string Renew = "POST /v1/auth/token/renew-self";
    private const string Read = "GET /v1/secret/data/database";
    private const string Write = "POST /v1/secret/data/database";

    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UnixEpoch);
    private VaultServer _server = null!;
    private VaultClient _client = null!;

    public async Task InitializeAsync()
    {
        _server = await VaultServer.StartAsync();
        (_server.Version, _server.Data) = (3, new() { ["url"] = "postgresql://app:hunter2@db/mnfst", ["rotation"] = 7 });
        _client = Client(_clock);
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Signs_in_once_reads_a_version_and_its_fields_and_shows_neither()
    {
        var secret = (await _client.ReadAsync("secret", "database")).Value!;
        Assert.Equal((3, "postgresql://app:hunter2@db/mnfst", null), (secret.Version, secret.Text("url"), secret.Text("rotation")));
        await _client.ReadAsync("secret", "database");
        Assert.Equal([Login, Read, Read], _server.Asked);
        Assert.DoesNotContain("hunter2", $"{secret}", StringComparison.Ordinal);
        Assert.DoesNotContain(VaultServer.SecretId, $"{_server.Address}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_write_keeps_the_other_fields_and_goes_only_over_the_version_that_was_seen()
    {
        var seen = (await _client.ReadAsync("secret", "database")).Value!;
        Assert.Equal(4, (await _client.WriteAsync("secret", "database", seen, Fields("jwt_secret", "k"))).Value!.Version);
        Assert.Equal(("k", 7, "postgresql://app:hunter2@db/mnfst"), ((string?)_server.Data!["jwt_secret"], (int?)_server.Data["rotation"], (string?)_server.Data["url"]));

        var late = await _client.WriteAsync("secret", "database", seen, Fields("jwt_secret", "other"));
        Assert.Equal(VaultState.Changed, late.State);
        Assert.Equal((4, "k"), (_server.Version, (string?)_server.Data["jwt_secret"]));
    }

    [Fact]
    public async Task What_was_never_written_is_version_0_and_what_was_deleted_keeps_its_number()
    {
        (_server.Version, _server.Data) = (0, null);
        var nothing = (await _client.ReadAsync("secret", "database")).Value!;
        Assert.Equal((0, 0), (nothing.Version, nothing.Fields.Count));
        Assert.Equal(1, (await _client.WriteAsync("secret", "database", nothing, Fields("url", "x"))).Value!.Version);

        (_server.Version, _server.Data) = (5, null);
        var deleted = (await _client.ReadAsync("secret", "database")).Value!;
        Assert.Equal((5, 0), (deleted.Version, deleted.Fields.Count));
    }

    [Fact]
    public async Task A_lease_is_renewed_after_two_thirds_and_replaced_when_it_is_over_or_cannot_be_renewed()
    {
        await _client.ReadAsync("secret", "database");
        _clock.Advance(TimeSpan.FromSeconds(599));
        await _client.ReadAsync("secret", "database");
        Assert.Equal((1, 0), (_server.Count(Login), _server.Count(Renew)));
        _clock.Advance(TimeSpan.FromSeconds(1));
        await _client.ReadAsync("secret", "database");
        Assert.Equal((1, 1), (_server.Count(Login), _server.Count(Renew)));
        _clock.Advance(TimeSpan.FromSeconds(901));
        await _client.ReadAsync("secret", "database");
        Assert.Equal((2, 1), (_server.Count(Login), _server.Count(Renew)));
        _server.Renews = false;
        _clock.Advance(TimeSpan.FromSeconds(700));
        Assert.Equal(VaultState.Answered, (await _client.ReadAsync("secret", "database")).State);
        Assert.Equal((3, 2), (_server.Count(Login), _server.Count(Renew)));
    }

    [Fact]
    public async Task A_token_that_was_taken_back_is_replaced_once_and_a_policy_that_forbids_is_named()
    {
        await _client.ReadAsync("secret", "database");
        _server.RevokeAll();
        Assert.Equal(VaultState.Answered, (await _client.ReadAsync("secret", "database")).State);
        Assert.Equal(2, _server.Count(Login));

        _server.MayRead = _server.MayWrite = false;
        var read = await _client.ReadAsync("secret", "database");
        Assert.Equal(VaultState.Forbidden, read.State);
        Assert.Contains("path \"secret/data/database\" { capabilities = [\"read\"] }", read.Fault, StringComparison.Ordinal);
        var written = await _client.WriteAsync("secret", "database", new VaultSecret(3, Empty), Empty2);
        Assert.Contains("\"create\", \"read\", \"update\"", written.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sealed_expired_and_a_missing_engine_are_told_apart_at_the_first_answer()
    {
        _server.TakesAppRole = false;
        var expired = await _client.ReadAsync("secret", "database");
        Assert.Equal(VaultState.Expired, expired.State);
        Assert.Contains("SecretID", expired.Fault, StringComparison.Ordinal);
        Assert.DoesNotContain(VaultServer.SecretId, expired.Fault, StringComparison.Ordinal);

        (_server.TakesAppRole, _server.Sealed) = (true, true);
        var asked = _server.Asked.Count;
        Assert.Equal(VaultState.Sealed, (await _client.ReadAsync("secret", "database")).State);
        Assert.Equal(asked + 1, _server.Asked.Count);

        _server.Sealed = false;
        var engine = await _client.ReadAsync("kv", "database");
        Assert.Equal(VaultState.Odd, engine.State);
        Assert.Contains("-path=kv", engine.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_read_that_fails_in_passing_is_tried_again_and_a_write_only_where_nothing_was_done()
    {
        using var client = Client(TimeProvider.System);
        var left = 2;
        _server.Instead = what => what == Read && left-- > 0 ? VaultServer.Error(502, "upstream") : null;
        var seen = (await client.ReadAsync("secret", "database")).Value!;
        Assert.Equal(3, _server.Count(Read));

        _server.Instead = what => what == Write ? VaultServer.Error(502, "upstream") : null;
        Assert.Equal(VaultState.Odd, (await client.WriteAsync("secret", "database", seen, Fields("url", "x"))).State);
        Assert.Equal(1, _server.Count(Write));

        left = 1;
        _server.Instead = what => what == Write && left-- > 0 ? VaultServer.Error(429, "rate limit quota exceeded") : null;
        Assert.Equal(VaultState.Answered, (await client.WriteAsync("secret", "database", seen, Fields("url", "x"))).State);
        Assert.Equal(3, _server.Count(Write));
    }

    [Theory]
    [InlineData(307, "", VaultState.Odd, "standby")]
    [InlineData(200, "<html>", VaultState.Odd, "does not answer as Vault does")]
    [InlineData(501, """{"errors":[]}""", VaultState.Sealed, "not initialised")]
    [InlineData(418, "teapot", VaultState.Odd, "status 418")]
    public async Task What_is_not_Vaults_answer_is_said(int status, string body, VaultState state, string words)
    {
        _server.Instead = _ => (status, body);
        var answer = await _client.ReadAsync("secret", "database");
        Assert.Equal(state, answer.State);
        Assert.Contains(words, answer.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_than_64_kB_is_not_read()
    {
        _server.Data!["url"] = new string('x', 70_000);
        Assert.Contains("64 kB", (await _client.ReadAsync("secret", "database")).Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_is_not_listed_or_is_metadata_is_not_asked()
    {
        using var unlisted = new VaultClient(_server.Address, new ReachPolicy { Listed = new HashSet<string>(["elsewhere:8200"]) }, _clock);
        Assert.Equal(VaultState.NotListed, (await unlisted.ReadAsync("secret", "database")).State);
        Assert.Empty(_server.Asked);

        Assert.True(VaultAddress.TryParse("https://169.254.169.254", "a", "b", out var metadata, out _));
        using var client = new VaultClient(metadata, new ReachPolicy { Listed = new HashSet<string>(["169.254.169.254:443"]) }, _clock);
        Assert.Contains("never asked", (await client.ReadAsync("secret", "database")).Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_away_or_whose_certificate_nobody_vouches_for_is_unreachable_and_gets_no_secret()
    {
        Assert.True(VaultAddress.TryParse($"http://127.0.0.1:{FreePort.Find()}", "a", "b", out var away, out _));
        using var nobody = new VaultClient(away, new ReachPolicy { AllowsLoopback = true }, TimeProvider.System);
        var silent = await nobody.ReadAsync("secret", "database");
        Assert.Equal(VaultState.Unreachable, silent.State);
        Assert.Contains("Nothing listens", silent.Fault, StringComparison.Ordinal);

        using var key = RSA.Create(2048);
        using var made = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        using var certificate = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
        await using var server = await VaultServer.StartAsync(certificate);
        using var client = new VaultClient(server.Address, new ReachPolicy { AllowsLoopback = true }, TimeProvider.System);
        var answer = await client.ReadAsync("secret", "database");
        Assert.Equal(VaultState.Unreachable, answer.State);
        Assert.Contains("does not verify", answer.Fault, StringComparison.Ordinal);
        Assert.Empty(server.Asked);
    }

    [Fact]
    public async Task A_Vault_that_went_silent_leaves_the_last_known_values_beside_the_reason()
    {
        using var vaults = new Vaults(_clock);
        var policy = new ReachPolicy { AllowsLoopback = true };
        await vaults.ReadAsync("production", _server.Address, policy);
        _clock.Advance(TimeSpan.FromMinutes(1));
        _server.Sealed = true;
        var reading = await vaults.ReadAsync("production", _server.Address, policy);
        Assert.Equal((VaultState.Sealed, 3, DateTimeOffset.UnixEpoch), (reading.State, reading.Secret!.Version, reading.ReadAt!.Value));
        Assert.Same(reading, vaults.LastKnown("production", _server.Address));
        Assert.Null(vaults.LastKnown("staging", _server.Address));
        Assert.True(VaultAddress.TryParse(_server.Url, "another", VaultServer.SecretId, out var another, out _));
        Assert.Null(vaults.LastKnown("production", another));
    }

    [Theory]
    [InlineData("http://vault.internal:8200", "not encrypted")]
    [InlineData("https://vault:8200/v1", "no address")]
    [InlineData("https://me:secret@vault:8200", "no address")]
    [InlineData("ldap://vault", "no address")]
    [InlineData("", "needs VAULT_URL")]
    public void An_address_that_would_leak_or_is_none_is_refused(string url, string words)
    {
        Assert.False(VaultAddress.TryParse(url, "a", "b", out _, out var fault));
        Assert.Contains(words, fault, StringComparison.Ordinal);
    }

    private static readonly Dictionary<string, System.Text.Json.JsonElement> Empty = [];
    private static readonly Dictionary<string, string> Empty2 = [];

    private static Dictionary<string, string> Fields(string field, string value) => new(StringComparer.Ordinal) { [field] = value };

    private VaultClient Client(TimeProvider clock) => new(_server.Address, new ReachPolicy { Listed = new HashSet<string>([_server.HostAndPort]) }, clock);
}
