using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Audit;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Environments;
using MnfstRag.Admin.Data.Settings;
using MnfstRag.Admin.Features.Checklists;
using MnfstRag.Admin.Live;
using MnfstRag.Admin.Tests.Data;
using MnfstRag.Postgres.Validating;
using MnfstRag.Testing;

namespace MnfstRag.Admin.Tests.Features.Checklists;

/// <summary>Over a real store, and a real server that the role is asked of.</summary>
public sealed class ChecklistsServiceTests : IAsyncLifetime
{
    private static readonly Caller Ada = new(Guid.NewGuid(), "ada", [Roles.Administrator], Roles.PermissionsOf([Roles.Administrator]));
    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());
    private TestStore _store = null!;
    private ServiceProvider _services = null!;
    private TestDatabase _product = null!;
    private TestRole _role = null!;
    private WatchedEnvironment _environment = null!;

    public async Task InitializeAsync()
    {
        var server = await PostgresServers.GetAsync(PostgresVersions.Newest);
        (_product, _role) = (await server.CreateDatabaseAsync(), await server.CreateRoleAsync());
        await _product.ExecuteAsync("CREATE TABLE users (id int); CREATE TABLE documents (id int); ALTER TABLE users ENABLE ROW LEVEL SECURITY");
        _store = await TestStore.CreateAsync();
        _services = await _store.MigratedAsync();
        var watcher = await server.CreateRoleAsync("pg_monitor");
        await _services.GetRequiredService<EnvironmentStore>().UpsertAsync(
            [new ConfiguredEnvironment("production", new Dictionary<CredentialKind, string> { [CredentialKind.Watch] = Url(server, watcher, "disable") })], CancellationToken.None);
        _environment = (await _services.GetRequiredService<IEnvironmentStore>().ListAsync()).Single();
        await SaveAsync($"DATABASE_URL={Url(server, _role, "require")}\nDB_POOL_SIZE=5\nDB_MAX_OVERFLOW=5\nLOG_LEVEL=WARNING\nJWT_SECRET_KEY=5d1f2c7e51b0d84a6fb3e1c8a97d5f2046e8b1a3c5d7f90b\n");
    }

    public async Task DisposeAsync()
    {
        await _services.DisposeAsync();
        await _store.DisposeAsync();
    }

    [Fact]
    public async Task Each_item_is_judged_by_what_settings_and_server_say()
    {
        var items = (await ReadAsync()).ToDictionary(item => item.Key, StringComparer.Ordinal);

        Assert.Equal(22, items.Count);
        Assert.Equal((ChecklistState.Yes, ChecklistState.No), (items["security.sslmode"].State, items["security.certificates"].State));
        Assert.Equal((ChecklistState.No, "1 of 2 tables with tenants' rows have it."), (items["security.rls"].State, items["security.rls"].Evidence));
        Assert.Equal((ChecklistState.Yes, true), (items["security.permissions"].State, items["security.permissions"].Evidence.Contains(_role.Name, StringComparison.Ordinal)));
        Assert.Equal((ChecklistState.Yes, ChecklistState.No), (items["security.jwt"].State, items["development.debug"].State));
        Assert.All(new[] { "development.reachable", "production.tuning", "production.monitoring", "production.health", "production.backup", "production.policies" }, key => Assert.Equal(ChecklistState.Unknown, items[key].State));
        Assert.DoesNotContain(items.Values, item => (item.Evidence + item.Remedy).Contains(_role.Password, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_role_that_may_too_much_is_told_and_its_cure_works()
    {
        await _product.ExecuteAsync($"ALTER ROLE \"{_role.Name}\" CREATEROLE BYPASSRLS");
        var item = (await ReadAsync()).Single(one => one.Key == "security.permissions");
        Assert.Equal((ChecklistState.No, true), (item.State, item.Evidence.Contains("bypasses row level security, creates roles", StringComparison.Ordinal)));

        await _product.ExecuteAsync(item.Remedy);
        Assert.Equal(ChecklistState.Yes, (await ReadAsync()).Single(one => one.Key == "security.permissions").State);
    }

    [Fact]
    public async Task Row_security_counts_only_where_it_binds_the_products_role()
    {
        await _product.ExecuteAsync("ALTER TABLE documents ENABLE ROW LEVEL SECURITY");
        Assert.Equal(ChecklistState.Yes, await StateAsync("security.rls"));

        await _product.ExecuteAsync($"ALTER TABLE documents OWNER TO \"{_role.Name}\"");
        Assert.Equal(ChecklistState.No, await StateAsync("security.rls"));

        await _product.ExecuteAsync("ALTER TABLE documents FORCE ROW LEVEL SECURITY");
        Assert.Equal(ChecklistState.Yes, await StateAsync("security.rls"));

        await _product.ExecuteAsync($"ALTER ROLE \"{_role.Name}\" BYPASSRLS");
        Assert.Equal(ChecklistState.No, await StateAsync("security.rls"));
    }

    [Fact]
    public async Task A_note_that_repeats_a_secret_is_refused()
    {
        Assert.Contains("repeats a secret", await Service().AttestAsync("production", "production.backup", $"restored with {_role.Password}"), StringComparison.Ordinal);
        Assert.Null((await BackupAsync()).Attestation);
    }

    [Theory]
    [InlineData("JWT_SECRET_KEY=${ELSEWHERE}", "security.jwt", ChecklistState.Unknown)]
    [InlineData("VAULT_URL=https://vault:8200\nVAULT_ROLE_ID=r\nVAULT_SECRET_ID=7c1e5a90b2", "security.jwt", ChecklistState.Unknown)]
    [InlineData("JWT_ALGORITHM=none", "security.jwt", ChecklistState.No)]
    [InlineData("DB_SSL_MODE=verify-full", "security.certificates", ChecklistState.No)]
    [InlineData("DB_SSL_MODE=verify-full\nDB_SSL_CA_PATH=/ca.pem", "security.certificates", ChecklistState.Yes)]
    [InlineData("DATABASE_URL=postgresql://someone.abc:p@aws-0-eu.pooler.supabase.com/d", "security.permissions", ChecklistState.Unknown)]
    public void What_cannot_be_checked_is_unknown_and_what_is_half_done_is_not_done(string text, string key, ChecklistState state)
    {
        var settings = new EnvironmentSettings("production", EnvFile.Parse(text + "\n"));
        var facts = new ChecklistFacts(settings, EnvironmentValidator.Validate(settings), null, null, default);

        Assert.Equal(state, ChecklistRules.All(facts).SelectMany(list => list.Items).Single(item => item.Key == key).State);
        Assert.True(settings.Url is null || ChecklistFacts.RoleOf(settings.Url) == "someone");
    }

    [Fact]
    public async Task Somebodys_word_counts_for_ninety_days_and_is_written_down()
    {
        Assert.NotNull(await Service().AttestAsync("production", "production.backup", " "));
        Assert.NotNull(await Service().AttestAsync("production", "security.rls", "I say so"));
        Assert.Null(await Service().AttestAsync("production", "production.backup", "restored on the spare machine"));

        var attested = await BackupAsync();
        Assert.Equal((ChecklistState.Yes, "ada", false), (attested.State, attested.Attestation!.By, attested.Attestation.HasExpired));
        _clock.Advance(TimeSpan.FromDays(89));
        Assert.Equal(ChecklistState.Yes, (await BackupAsync()).State);
        _clock.Advance(TimeSpan.FromDays(2));
        var expired = await BackupAsync();
        Assert.Equal((ChecklistState.Unknown, true), (expired.State, expired.Attestation!.HasExpired));

        Assert.Null(await Service().WithdrawAsync("production", "production.backup"));
        Assert.NotNull(await Service().WithdrawAsync("production", "production.backup"));
        Assert.Null((await BackupAsync()).Attestation);
        await using var connection = await _store.Database.OpenAsync(_store.Owner);
        await using var command = new Npgsql.NpgsqlCommand("SELECT string_agg(action || ' ' || (details ->> 'note'), ',' ORDER BY sequence) FROM audit.entries WHERE action LIKE 'checklist.%'", connection);
        Assert.Equal("checklist.attest restored on the spare machine", await command.ExecuteScalarAsync());
    }

    [Fact]
    public async Task Support_reads_and_attests_nothing()
    {
        var support = new Caller(Guid.NewGuid(), "sam", [Roles.Support], Roles.PermissionsOf([Roles.Support]));

        Assert.NotNull(await Service(support).ReadAsync("production"));
        await Assert.ThrowsAsync<PermissionDeniedException>(() => Service(support).AttestAsync("production", "production.backup", "surely"));
        Assert.Null(await Service().ReadAsync("nowhere"));
    }

    [Fact]
    public async Task A_report_goes_into_a_ticket_and_a_spreadsheet_unharmed()
    {
        await Service().AttestAsync("production", "production.policies", "=1+1 | <script>\"x\"");
        var report = (await Service().ReadAsync("production"))!;

        var (markdown, csv) = (ChecklistText.Markdown(report), ChecklistText.Csv(report));

        Assert.Contains("=1+1 \\| &lt;script>", markdown, StringComparison.Ordinal);
        Assert.Equal(23, csv.Split("\r\n").Count(line => line.Length > 0));
        Assert.Contains("\"\"x\"\"", csv, StringComparison.Ordinal);
        Assert.StartsWith("\"'=", ChecklistText.Csv(report with { Lists = [new("L", [new("k", "=cmd", ChecklistState.No, "")])] }).Split("\r\n")[1].Split(',')[2], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(EnvironmentKind.Development)]
    [InlineData(EnvironmentKind.Staging)]
    [InlineData(EnvironmentKind.Production)]
    public void A_template_has_every_key_and_nothing_wrong_but_what_is_to_be_replaced(EnvironmentKind kind)
    {
        var file = EnvFile.Parse(EnvTemplate.For(kind));
        var settings = new EnvironmentSettings(kind.ToString().ToLowerInvariant(), file);

        Assert.All(KnownSettings.All, known => Assert.Contains($"{known.Key}=", file.ToText(), StringComparison.Ordinal));
        var errors = EnvironmentValidator.Validate(settings).Where(finding => finding.Level == FindingLevel.Error).ToList();
        Assert.All(errors, error => Assert.True(error.Key is "DATABASE_URL" or "JWT_SECRET_KEY" or "DB_SSL_CA_PATH", $"{error.Key}: {error.Message}"));
        Assert.Contains(errors, error => error.Key == "DATABASE_URL");
        Assert.Contains(errors, error => error.Key == "JWT_SECRET_KEY");
    }

    private async Task<ChecklistState> StateAsync(string key) => (await ReadAsync()).Single(item => item.Key == key).State;

    private async Task<ChecklistItem> BackupAsync() => (await ReadAsync()).Single(item => item.Key == "production.backup");

    private async Task<IReadOnlyList<ChecklistItem>> ReadAsync() => [.. (await Service().ReadAsync("production"))!.Lists.SelectMany(list => list.Items)];

    private ChecklistsService Service(Caller? caller = null) => new(
        new KnownCaller(caller ?? Ada),
        _services.GetRequiredService<IEnvironmentStore>(),
        new EnvironmentWatches(Options.Create(new SamplerOptions())),
        _services.GetRequiredService<SettingsRevisions>(),
        _services.GetRequiredService<IDbContextFactory<AdminDbContext>>(),
        _services.GetRequiredService<AuditLog>(),
        _clock);

    private async Task SaveAsync(string text)
    {
        await using var context = await _services.GetRequiredService<IDbContextFactory<AdminDbContext>>().CreateDbContextAsync();
        await using var transaction = await context.Database.BeginTransactionAsync();
        Assert.NotNull(await _services.GetRequiredService<SettingsRevisions>().AppendAsync(context, _environment.Id, 0, EnvFile.Parse(text), "ada", "first", CancellationToken.None));
        await transaction.CommitAsync();
    }

    private string Url(PostgresServer server, TestRole role, string mode) => $"postgresql://{role.Name}:{role.Password}@127.0.0.1:{server.Port}/{_product.Name}?sslmode={mode}";
}
