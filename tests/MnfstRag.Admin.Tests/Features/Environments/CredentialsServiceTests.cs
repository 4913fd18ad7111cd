using MnfstRag.Admin.Access;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Features.Environments;
using MnfstRag.Postgres.Validating;
using MnfstRag.Testing;

namespace MnfstRag.Admin.Tests.Features.Environments;

public sealed class CredentialsServiceTests : IAsyncLifetime
{
    private const string OwnPassword = "nine quiet otters drift";
    private static readonly Caller Support = new(Guid.NewGuid(), "sam", [Roles.Support], Roles.PermissionsOf([Roles.Support]));
    private SettingsBench _bench = null!;
    private Caller _lin = null!;

    public async Task InitializeAsync()
    {
        _bench = await SettingsBench.CreateAsync("development", "production");
        _lin = await _bench.AccountAsync("lin", OwnPassword);
    }

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task A_credential_that_was_tried_is_saved_used_and_never_shown()
    {
        var watcher = await _bench.CreateRoleAsync("pg_monitor");
        var address = Address(watcher);

        var result = await _bench.Credentials(_lin).SetAsync("development", CredentialKind.Watch, address, OwnPassword);

        Assert.Null(result.Fault);
        Assert.Contains(result.Findings, finding => finding is { Rule: "live-privileges", Level: FindingLevel.Note } && finding.Message.Contains("pg_monitor", StringComparison.Ordinal));
        Assert.Equal(address, await _bench.CredentialAsync("development", CredentialKind.Watch));
        Assert.Null(await _bench.CredentialAsync("development", CredentialKind.Maintain));
        var shown = (await _bench.Credentials(Support).ListAsync("development"))!;
        Assert.Equal([true, false, false, false], shown.Select(one => one.IsSet));
        Assert.Contains("***", shown[0].Address, StringComparison.Ordinal);
        Assert.NotNull(shown[0].ChangedAt);
        var audit = await _bench.AuditAsync();
        Assert.Contains("credential.set", audit, StringComparison.Ordinal);
        Assert.All(new[] { watcher.Password, OwnPassword }, secret => Assert.DoesNotContain(secret, $"{audit} {string.Join(' ', shown)} {string.Join(' ', result.Findings)}", StringComparison.Ordinal));
        Assert.Null((await _bench.Credentials(_lin).TryAsync("development", CredentialKind.Watch)).Fault);

        Assert.Null((await _bench.Credentials(_lin).RemoveAsync("development", CredentialKind.Watch, OwnPassword)).Fault);
        Assert.Null(await _bench.CredentialAsync("development", CredentialKind.Watch));
        Assert.Contains("credential.remove", await _bench.AuditAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_right_or_the_own_password_nothing_is_saved()
    {
        var address = Address(await _bench.CreateRoleAsync("pg_monitor"));
        await Assert.ThrowsAsync<PermissionDeniedException>(() => _bench.Credentials(Support).SetAsync("development", CredentialKind.Watch, address, OwnPassword));
        await Assert.ThrowsAsync<PermissionDeniedException>(() => _bench.Credentials(Support).TryAsync("development", CredentialKind.Watch));
        await Assert.ThrowsAsync<PermissionDeniedException>(() => _bench.Credentials(Support).RemoveAsync("development", CredentialKind.Watch, OwnPassword));

        var wrong = await _bench.Credentials(_lin).SetAsync("development", CredentialKind.Watch, address, "not it");

        Assert.Equal(("The password is not right.", 0), (wrong.Fault, wrong.Findings.Count));
        Assert.Null(await _bench.CredentialAsync("development", CredentialKind.Watch));
        Assert.Contains("refused", await _bench.AuditAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("postgresql://u:p@169.254.169.254:5432/d", "never asked")]
    [InlineData("postgresql://u:p@127.0.0.1:{port},169.254.169.254/d", "never asked")]
    [InlineData("postgresql://u:p@127.0.0.1:22/d", "not on the list")]
    [InlineData("postgresql://u:p@%2Fvar%2Frun/d", "unix socket")]
    [InlineData("postgresql://u:p@127.0.0.1:{port}/d?sslmode=verify-full&sslrootcert=/etc/passwd", "outside the folder")]
    [InlineData("postgresql://u:wrong@127.0.0.1:{port}/postgres?sslmode=disable", "28P01")]
    public async Task What_the_guard_or_the_server_refuses_is_not_saved(string address, string words)
    {
        var result = await _bench.Credentials(_lin).SetAsync("development", CredentialKind.Watch, address.Replace("{port}", $"{_bench.Port}", StringComparison.Ordinal), OwnPassword);

        Assert.NotNull(result.Fault);
        Assert.Contains(result.Findings, finding => finding.Level == FindingLevel.Error && finding.Message.Contains(words, StringComparison.Ordinal));
        Assert.Null(await _bench.CredentialAsync("development", CredentialKind.Watch));
    }

    [Theory]
    [InlineData("")]
    [InlineData("sqlite:///x")]
    [InlineData("mysql://u:p@h/d")]
    [InlineData("Host=h;Username=u")]
    [InlineData("postgresql://h/d")]
    [InlineData("postgresql://u@h/d?passfile=/srv/backend/.pgpass")]
    [InlineData("postgresql://u:p@h/d?sslrootcert=../ca.pem")]
    public async Task What_is_no_whole_address_of_a_server_is_refused_before_anybody_is_asked(string address)
    {
        var result = await _bench.Credentials(_lin).SetAsync("development", CredentialKind.Watch, address, OwnPassword);
        Assert.True(result is { Fault: not null, Findings.Count: 0 });
    }

    [Fact]
    public async Task A_role_that_could_read_tenants_rows_is_no_fence_and_no_sign_in()
    {
        // The superuser of the server can do everything.
        var super = await _bench.CreateRoleAsync();
        await _bench.ExecuteAsync($"ALTER ROLE \"{super.Name}\" BYPASSRLS");
        foreach (var kind in new[] { CredentialKind.Fence, CredentialKind.SignIn })
        {
            var result = await _bench.Credentials(_lin).SetAsync("development", kind, Address(super), OwnPassword);
            Assert.Contains(result.Findings, finding => finding is { Rule: "live-privileges", Level: FindingLevel.Error });
            Assert.Null(await _bench.CredentialAsync("development", kind));
        }

        var plain = Address(await _bench.CreateRoleAsync());
        Assert.Null((await _bench.Credentials(_lin).SetAsync("development", CredentialKind.Fence, plain, OwnPassword)).Fault);
        Assert.Equal(plain, await _bench.CredentialAsync("development", CredentialKind.Fence));
    }

    [Fact]
    public async Task What_the_configuration_sets_is_changed_there_and_production_keeps_no_secret_beside_its_key()
    {
        var address = Address(await _bench.CreateRoleAsync("pg_monitor"));
        var configured = _bench.Credentials(_lin, "Development", ("Environments:production:Watch", address));
        Assert.Contains("Environments:production:Watch", (await configured.SetAsync("production", CredentialKind.Watch, address, OwnPassword)).Fault, StringComparison.Ordinal);
        Assert.Contains("Environments:production:Watch", (await configured.RemoveAsync("production", CredentialKind.Watch, OwnPassword)).Fault, StringComparison.Ordinal);

        var unprotected = await _bench.Credentials(_lin, "Production").SetAsync("production", CredentialKind.Watch, address, OwnPassword);
        Assert.Contains("DataProtection:CertificatePath", unprotected.Fault, StringComparison.Ordinal);
        Assert.Null(await _bench.CredentialAsync("production", CredentialKind.Watch));
        Assert.Null(await _bench.Credentials(_lin).ListAsync("nowhere"));
    }

    [Fact]
    public async Task A_maintain_credential_of_another_database_than_is_watched_is_told()
    {
        await _bench.Credentials(_lin).SetAsync("development", CredentialKind.Watch, Address(await _bench.CreateRoleAsync("pg_monitor")), OwnPassword);
        var other = Address(await _bench.CreateRoleAsync("pg_signal_backend")).Replace(_bench.Url.Split('/')[^1], "postgres?sslmode=disable", StringComparison.Ordinal);

        var result = await _bench.Credentials(_lin).SetAsync("development", CredentialKind.Maintain, other, OwnPassword);

        Assert.Null(result.Fault);
        Assert.Contains(result.Findings, finding => finding is { Rule: "another-server", Level: FindingLevel.Warning });
    }

    [Fact]
    public async Task A_password_that_was_typed_for_a_server_goes_to_no_other_when_the_configuration_names_one()
    {
        var maintain = Address(await _bench.CreateRoleAsync("pg_signal_backend"));
        Assert.Null((await _bench.Credentials(_lin).SetAsync("development", CredentialKind.Maintain, maintain, OwnPassword)).Fault);

        // The configuration moves what is watched, and names no maintain credential for it.
        await _bench.ConfigureAsync("development", CredentialKind.Watch, "postgresql://watcher:other@db.elsewhere:5432/d");

        Assert.Equal(maintain, await _bench.CredentialAsync("development", CredentialKind.Maintain));
        Assert.Equal("postgresql://watcher:other@db.elsewhere:5432/d", await _bench.CredentialAsync("development", CredentialKind.Watch));
        var elsewhere = new Postgres.Connecting.DatabaseHost("db.elsewhere", 5432);
        var standing = new Admin.Live.Hosts.WriteStanding(Postgres.Watching.Hosts.PrimaryState.Known, elsewhere, TimeProvider.System.GetUtcNow(), null);
        var target = standing.Toward(Postgres.Connecting.DatabaseUrl.Parse(maintain).Url!).Url;
        Assert.Equal(maintain, target!.ToText());

        // Nor does a rename carry it anywhere else, or an environment of the old name inherit it.
        Assert.Null(await _bench.Environments(_lin).RenameAsync("development", "moved"));
        await _bench.ConfigureAsync("development", CredentialKind.Watch, "postgresql://watcher:other@db.third:5432/d");
        Assert.Null(await _bench.CredentialAsync("development", CredentialKind.Maintain));
        Assert.Equal(maintain, await _bench.CredentialAsync("moved", CredentialKind.Maintain));
    }

    [Fact]
    public async Task A_host_is_allowed_and_taken_off_with_the_password_and_both_are_written_down()
    {
        var (hosts, reach) = _bench.Hosts(_lin);
        Assert.NotNull(await hosts.AllowAsync("db.internal:5432", "wrong"));
        Assert.Null(await hosts.AllowAsync(" db.internal:5432 ", OwnPassword));
        Assert.NotNull(await hosts.AllowAsync("DB.internal:5432", OwnPassword));
        Assert.Contains("db.internal:5432", reach.Policy.Listed!);
        Assert.Equal([null, "lin"], (await hosts.ListAsync()).Select(one => one.By));
        Assert.Contains("db.internal:5432", (await OtherInstanceAsync()).Listed!);

        Assert.Contains("configuration", await hosts.ForbidAsync("configured.internal:5432", OwnPassword), StringComparison.Ordinal);
        Assert.Null(await hosts.ForbidAsync("db.internal:5432", OwnPassword));
        Assert.DoesNotContain("db.internal:5432", reach.Policy.Listed!);
        var audit = await _bench.AuditAsync();
        Assert.All(new[] { "host.allow", "host.forbid", "refused", "done" }, word => Assert.Contains(word, audit, StringComparison.Ordinal));
        await Assert.ThrowsAsync<PermissionDeniedException>(() => _bench.Hosts(Support).Service.AllowAsync("x:1", OwnPassword));

        async Task<Postgres.Connecting.ReachPolicy> OtherInstanceAsync()
        {
            var (_, other) = _bench.Hosts();
            await ((Admin.Live.Reaching.AllowedHosts)other).ReadAsync(CancellationToken.None);
            return other.Policy;
        }
    }

    [Theory]
    [InlineData("169.254.169.254:5432")]
    [InlineData("[::ffff:169.254.169.254]:80")]
    [InlineData("0.0.0.0:5432")]
    [InlineData("/var/run:5432")]
    [InlineData("a:1, b:2")]
    [InlineData("db.internal")]
    [InlineData("")]
    public async Task No_such_host_can_be_allowed(string host) => Assert.NotNull(await _bench.Hosts(_lin).Service.AllowAsync(host, OwnPassword));

    private string Address(TestRole role) => _bench.Url.Replace($"{_bench.Role.Name}:{_bench.Role.Password}", $"{role.Name}:{role.Password}", StringComparison.Ordinal);
}
