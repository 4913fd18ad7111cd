using Microsoft.Extensions.Options;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Audit;
using MnfstRag.Admin.Data.Settings.Applying;
using MnfstRag.Admin.Data.Settings.Vaulting;
using MnfstRag.Admin.Features.Environments;
using MnfstRag.Admin.Live;
using MnfstRag.Admin.Tests.Data.Settings.Vaulting;
using MnfstRag.Postgres.Pooling;

namespace MnfstRag.Admin.Tests.Features.Environments;

public sealed class ApplyServiceTests : IAsyncLifetime, IDisposable
{
    private const string Password = "pa55-word-of-the-app";
    private static readonly Caller Support = new(Guid.NewGuid(), "sam", [Roles.Support], Roles.PermissionsOf([Roles.Support]));

    private readonly string _folder = Directory.CreateTempSubdirectory("mnfst-applies-").FullName;
    private SettingsBench _bench = null!;
    private VaultServer _vault = null!;
    private EnvFileTarget _files = null!;
    private Vaults _vaults = null!;
    private ApplyTargets _targets = null!;

    private string Text => $"# production\nDATABASE_URL=postgresql://app:{Password}@db/mnfst?sslmode=verify-full\nJWT_SECRET_KEY={SettingsBench.Token}\nDB_POOL_SIZE=9\nDB_SSL_KEY_PATH=/k.pem\nVAULT_URL={_vault.Url}\nVAULT_ROLE_ID={VaultServer.RoleId}\nVAULT_SECRET_ID={VaultServer.SecretId}\n";

    public async Task InitializeAsync()
    {
        _vault = await VaultServer.StartAsync();
        _bench = await SettingsBench.CreateAsync("production", "development");
        var options = Options.Create(new ApplyingOptions { Folders = _folder });
        (_files, _vaults) = Places(options);
        _targets = new ApplyTargets(_files, _vaults, options, new StatedReach(_vault.HostAndPort));
        await _bench.SaveAsync("production", Text);
    }

    public void Dispose()
    {
        _files.Dispose();
        _vaults.Dispose();
    }

    public async Task DisposeAsync()
    {
        await _vault.DisposeAsync();
        await _bench.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_revision_is_applied_to_a_file_as_the_plan_said_and_both_audit_rows_tell_it_without_a_secret()
    {
        var path = Path.Combine(_folder, ".env.production");
        await File.WriteAllTextAsync(path, "DB_POOL_SIZE=5\nJWT_SECRET_KEY=another-secret\n");
        var plan = await PlanAsync(ApplyTargetKind.File);
        Assert.Equal((false, null, 1), (plan.IsSame, plan.Fault, plan.Revision));
        Assert.Equal(("5", "9"), plan.Changes.Where(change => change.Key == "DB_POOL_SIZE").Select(change => (change.Before, change.After)).Single());
        AssertNoSecret(string.Join('\n', plan.Changes));

        var report = await _bench.Applying(_targets).ApplyAsync(plan);
        Assert.Equal(ApplyReport.Done, report.Outcome);
        Assert.Equal(Text, await File.ReadAllTextAsync(path));
        Assert.True((await PlanAsync(ApplyTargetKind.File)).IsSame);
        var audit = await _bench.AuditAsync();
        Assert.Equal(2, audit.Split('\n').Count(row => row.Contains(report.Correlation.ToString()!, StringComparison.Ordinal) && row.Contains("settings.apply", StringComparison.Ordinal)));
        AssertNoSecret(audit + report.Words);
    }

    [Fact]
    public async Task Vault_gets_the_address_and_the_tokens_key_over_the_version_that_was_seen_and_is_read_back()
    {
        (_vault.Version, _vault.Data) = (6, new() { ["url"] = "postgresql://old", ["owner"] = "ops" });
        var plan = await PlanAsync(ApplyTargetKind.Vault);
        Assert.Equal(("6", "DATABASE_URL, JWT_SECRET_KEY"), (plan.Mark, string.Join(", ", plan.Changes.Select(change => change.Key))));
        AssertNoSecret(string.Join('\n', plan.Changes));

        Assert.Equal(ApplyReport.Done, (await _bench.Applying(_targets).ApplyAsync(plan)).Outcome);
        Assert.Equal((7, SettingsBench.Token, "ops"), (_vault.Version, (string?)_vault.Data["jwt_secret"], (string?)_vault.Data["owner"]));
        Assert.Contains(Password, (string?)_vault.Data["url"], StringComparison.Ordinal);
        Assert.True((await PlanAsync(ApplyTargetKind.Vault)).IsSame);

        _vault.Version = 9;
        var late = await _bench.Applying(_targets).ApplyAsync(plan);
        Assert.Equal((ApplyReport.NotDone, 9), (late.Outcome, _vault.Version));
        AssertNoSecret(await _bench.AuditAsync());
    }

    [Fact]
    public async Task A_write_whose_answer_is_lost_is_proven_by_what_stands_there()
    {
        var plan = await PlanAsync(ApplyTargetKind.Vault);
        var written = false;
        _vault.Instead = what =>
        {
            if (what != "POST /v1/secret/data/database" || written)
            {
                return null;
            }

            written = true;
            (_vault.Version, _vault.Data) = (1, new() { ["url"] = $"postgresql://app:{Password}@db/mnfst?sslmode=verify-full", ["jwt_secret"] = SettingsBench.Token });
            return VaultServer.Error(502, "upstream");
        };
        Assert.Equal(ApplyReport.Done, (await _bench.Applying(_targets).ApplyAsync(plan)).Outcome);

        _vault.Data!["url"] = "postgresql://elsewhere";
        plan = await PlanAsync(ApplyTargetKind.Vault);
        written = false;
        _vault.Instead = what => what == "POST /v1/secret/data/database" ? VaultServer.Error(500, "internal") : null;
        Assert.Equal(ApplyReport.NotDone, (await _bench.Applying(_targets).ApplyAsync(plan)).Outcome);
    }

    [Fact]
    public async Task A_newer_revision_or_a_changed_target_stops_a_plan()
    {
        var plan = await PlanAsync(ApplyTargetKind.File);
        await File.WriteAllTextAsync(plan.Target.Place, "A=theirs\n");
        var changed = await _bench.Applying(_targets).ApplyAsync(plan);
        Assert.Equal(ApplyReport.NotDone, changed.Outcome);
        Assert.NotNull(changed.Correlation);

        plan = await PlanAsync(ApplyTargetKind.File);
        await _bench.SaveAsync("production", Text + "DEBUG=false\n");
        Assert.Contains("not the newest", (await _bench.Applying(_targets).ApplyAsync(plan)).Words, StringComparison.Ordinal);
        Assert.Equal("A=theirs\n", await File.ReadAllTextAsync(plan.Target.Place));
    }

    [Fact]
    public async Task A_target_that_is_none_of_the_environments_own_is_neither_looked_at_nor_written()
    {
        var foreign = new ApplyTarget(ApplyTargetKind.File, Path.Combine(_folder, ".env.development"));
        Assert.Null(await _bench.Applying(_targets).PlanAsync("production", foreign));
        var report = await _bench.Applying(_targets).ApplyAsync(new ApplyPlan("production", 1, foreign, "", [], false, DateTimeOffset.UnixEpoch));
        Assert.Equal((ApplyReport.NotDone, null), (report.Outcome, report.Correlation));
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task Nothing_is_written_that_the_audit_log_does_not_show()
    {
        var plan = await PlanAsync(ApplyTargetKind.File);
        var report = await _bench.Applying(_targets, audit: new BrokenAudit()).ApplyAsync(plan);
        Assert.Equal(ApplyReport.NotDone, report.Outcome);
        Assert.Contains("audit log", report.Words, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task Support_sees_where_settings_can_go_and_can_neither_look_nor_apply_nor_ask_Vault()
    {
        Assert.Equal([null, null], (await _bench.Applying(_targets, Support).TargetsAsync("production")).Select(target => target.Missing));
        await Assert.ThrowsAsync<PermissionDeniedException>(() => _bench.Applying(_targets, Support).PlanAsync("production", new ApplyTarget(ApplyTargetKind.Vault, _vault.Address.Place)));
        await Assert.ThrowsAsync<PermissionDeniedException>(() => _bench.Sources(_targets, Watches(), Support).ReadAsync("production", askVault: true));
        Assert.NotNull(await _bench.Sources(_targets, Watches(), Support).ReadAsync("production"));
        Assert.Empty(_vault.Asked);
    }

    [Fact]
    public async Task What_is_missing_for_a_target_is_said()
    {
        await _bench.SaveAsync("development", "DATABASE_URL=postgresql://a:b@localhost/c\n");
        var bare = new ApplyTargets(_files, _vaults, Options.Create(new ApplyingOptions()), new StatedReach(""));
        var targets = await _bench.Applying(bare).TargetsAsync("development");
        Assert.Contains("Applying:Folders", targets[0].Missing, StringComparison.Ordinal);
        Assert.Contains("production only", targets[1].Missing, StringComparison.Ordinal);
        Assert.Empty(await _bench.Applying(bare).TargetsAsync("nowhere"));
    }

    [Fact]
    public async Task Each_value_names_the_place_that_wins_and_what_the_revision_says_otherwise()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, ".env.production"), "DB_POOL_SIZE=5\nJWT_SECRET_KEY=in-the-file\nSTRANGE=1\n");
        (_vault.Version, _vault.Data) = (2, new() { ["jwt_secret"] = "in-vault" });
        var unasked = (await _bench.Sources(_targets, Watches()).ReadAsync("production"))!;
        Assert.False(unasked.Layers[0].IsKnown);
        var view = (await _bench.Sources(_targets, Watches()).ReadAsync("production", askVault: true))!;

        Assert.Equal(["Vault", "Process environment", ".env.production", "Default"], view.Layers.Select(layer => layer.Name));
        Assert.Equal([true, false, true, true], view.Layers.Select(layer => layer.IsKnown));
        Assert.Equal(("5", ".env.production", "Revision 1 says 9."), Of("DB_POOL_SIZE"));
        Assert.Equal("Vault", Of("JWT_SECRET_KEY").From);
        Assert.Equal(("1", ".env.production", "Revision 1 does not set it."), Of("STRANGE"));
        Assert.Equal(("10", "Default", null), Of("DB_MAX_OVERFLOW"));
        Assert.Equal(("", "", "Revision 1 says /k.pem."), (Of("DB_SSL_KEY_PATH").Value, Of("DB_SSL_KEY_PATH").From, Of("DB_SSL_KEY_PATH").Note![..23]));
        AssertNoSecret(string.Join('\n', view.Values), "in-vault", "in-the-file");

        _vault.Sealed = true;
        var silent = (await _bench.Sources(_targets, Watches()).ReadAsync("production", askVault: true))!;
        Assert.Contains("sealed", silent.Layers[0].Words, StringComparison.Ordinal);
        Assert.Equal("Vault", silent.Values.Single(value => value.Key == "JWT_SECRET_KEY").From);

        (string Value, string From, string? Note) Of(string key) => view.Values.Where(value => value.Key == key).Select(value => (value.Value, value.From, value.Note)).Single();
    }

    [Fact]
    public async Task The_backends_own_report_is_compared_with_the_newest_revision()
    {
        var pool = new BackendPool(true, 5, 1, 1, 0, 0, null);
        var watches = Watches(
            BackendPart.Unasked("old:8000").With(new Answer<BackendPool>(pool, null), DateTimeOffset.UnixEpoch),
            BackendPart.Unasked("new:8000").With(new Answer<BackendPool>(pool with { Size = 9 }, null), DateTimeOffset.UnixEpoch),
            BackendPart.Unasked("away:8000").With(new Answer<BackendPool>(null, "Nothing listens."), DateTimeOffset.UnixEpoch));
        var running = await _bench.Sources(_targets, watches).RunningAsync("production");
        Assert.Equal([false, true, null], running.Select(one => one.Matches));
        Assert.Contains("a pool of 5, and revision 1 says 9", running[0].Words, StringComparison.Ordinal);
    }

    private static (EnvFileTarget Files, Vaults Vaults) Places(IOptions<ApplyingOptions> options) => (new(options, TimeProvider.System), new(TimeProvider.System));

    private async Task<ApplyPlan> PlanAsync(ApplyTargetKind kind)
    {
        var service = _bench.Applying(_targets);
        var target = (await service.TargetsAsync("production")).Single(one => one.Kind == kind);
        return (await service.PlanAsync("production", target))!;
    }

    private static EnvironmentWatches Watches(params BackendPart[] backends)
    {
        var watches = new EnvironmentWatches(Options.Create(new SamplerOptions()));
        watches.Update([new(Guid.NewGuid(), "production", new HashSet<Admin.Data.CredentialKind>())]);
        var watch = watches.Find("production")!;
        watch.Pools = new PoolReading(DateTimeOffset.UnixEpoch, null, null, backends, null, PoolParts.Unasked<PgBouncerReading>(), PoolParts.Unasked<OwnPool>());
        watch.Publish(Snapshots.Live());
        return watches;
    }

    private static void AssertNoSecret(string text, params string[] more) =>
        Assert.All([Password, SettingsBench.Token, VaultServer.SecretId, "another-secret", .. more], secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));

    private sealed class BrokenAudit : IAuditLog
    {
        public Task<Guid> WriteAsync(AuditEvent entry, CancellationToken cancellationToken = default) => throw new IOException("disk full");
    }
}
