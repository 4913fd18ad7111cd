using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Environments;
using MnfstRag.Admin.Data.Settings;
using MnfstRag.Postgres.Validating;
using Npgsql;

namespace MnfstRag.Admin.Tests.Data.Settings;

public sealed class SettingsRevisionsTests : IAsyncLifetime
{
    private const string First = "# a comment with hunter2\r\nexport JWT_SECRET_KEY='hunter2'\r\nSTRANGE=hunter2\r\nDB_POOL_SIZE=5\r\n";

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero).AddTicks(7));
    private TestStore _store = null!;
    private ServiceProvider _services = null!;
    private SettingsRevisions _revisions = null!;
    private Guid _environment;

    public async Task InitializeAsync()
    {
        _store = await TestStore.CreateAsync();
        _services = await _store.MigratedAsync();
        await _services.GetRequiredService<EnvironmentStore>().UpsertAsync([new ConfiguredEnvironment("production", new Dictionary<CredentialKind, string>())], CancellationToken.None);
        _environment = (await _services.GetRequiredService<IEnvironmentStore>().ListAsync()).Single().Id;
        _revisions = Revisions(_services.GetRequiredService<IDataProtectionProvider>());
    }

    public async Task DisposeAsync()
    {
        await _services.DisposeAsync();
        await _store.DisposeAsync();
    }

    [Fact]
    public async Task A_revision_comes_back_to_the_byte_and_the_store_holds_no_word_of_it()
    {
        Assert.NotNull(await AppendAsync(0, First));
        var read = (await _revisions.LatestAsync(_environment))!;
        Assert.Equal((1, "ada", "first", First), (read.Number, read.By, read.Reason, read.File!.ToText()));

        await using var connection = await _store.Database.OpenAsync(_store.Owner);
        await using var command = new NpgsqlCommand("SELECT string_agg(r::text, ' ') FROM admin.settings_revisions r", connection);
        var stored = (string)(await command.ExecuteScalarAsync())!;
        Assert.DoesNotContain("hunter2", stored, StringComparison.Ordinal);
        Assert.DoesNotContain("STRANGE", stored, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_remembers_when_it_changed_and_an_equal_secret_keeps_its_fingerprint()
    {
        await AppendAsync(0, First);
        var before = (await _revisions.LatestAsync(_environment))!;
        _clock.Advance(TimeSpan.FromDays(3));
        await AppendAsync(1, First.Replace("=5", "=6", StringComparison.Ordinal));
        var after = (await _revisions.LatestAsync(_environment))!;

        Assert.Equal((before.At, after.At), (after.ChangedAt("JWT_SECRET_KEY"), after.ChangedAt("DB_POOL_SIZE")));
        Assert.Equal(TimeSpan.FromDays(3), after.At - before.At);
        Assert.Null(after.ChangedAt("DEBUG"));
        Assert.Equal(before.Fingerprint("hunter2"), after.Fingerprint("hunter2"));
        Assert.Matches("^[0-9a-f]{4}$", after.Fingerprint("hunter2"));
        Assert.Equal([2, 1], (await _revisions.ListAsync(_environment, most: 9)).Select(one => one.Number));
        Assert.Equal([1], (await _revisions.ListAsync(_environment, most: 9, upTo: 1)).Select(one => one.Number));
        Assert.Equal([2], (await _revisions.ListAsync(_environment, most: 1)).Select(one => one.Number));
        Assert.Equal(First, (await _revisions.FindAsync(_environment, 1))!.File!.ToText());
    }

    [Fact]
    public async Task Of_two_writers_that_saw_the_same_revision_one_is_told_that_it_is_late()
    {
        await AppendAsync(0, First);
        await using var context = await _services.GetRequiredService<IDbContextFactory<AdminDbContext>>().CreateDbContextAsync();
        await using var transaction = await context.Database.BeginTransactionAsync();
        Assert.NotNull(await _revisions.AppendAsync(context, _environment, 1, EnvFile.Parse("DB_POOL_SIZE=6\n"), "grace", "second", CancellationToken.None));
        var late = AppendAsync(1, "DB_POOL_SIZE=7\n");
        Assert.NotSame(late, await Task.WhenAny(late, Task.Delay(TimeSpan.FromMilliseconds(500))));
        await transaction.CommitAsync();
        Assert.Null(await late);
        Assert.Equal(2, (await _revisions.LatestAsync(_environment))!.Number);
        Assert.Null(await AppendAsync(0, First));
        Assert.Null(await AppendAsync(7, First));
    }

    [Fact]
    public async Task Settings_whose_key_ring_is_lost_are_there_and_said_to_be_unreadable()
    {
        await AppendAsync(0, First);
        var lost = (await Revisions(new EphemeralDataProtectionProvider()).LatestAsync(_environment))!;
        Assert.Equal((1, "ada"), (lost.Number, lost.By));
        Assert.Null(lost.File);
    }

    private SettingsRevisions Revisions(IDataProtectionProvider protection) =>
        new(_services.GetRequiredService<IDbContextFactory<AdminDbContext>>(), protection, _clock, NullLogger<SettingsRevisions>.Instance);

    private async Task<SettingsRevision?> AppendAsync(int expected, string text)
    {
        await using var context = await _services.GetRequiredService<IDbContextFactory<AdminDbContext>>().CreateDbContextAsync();
        await using var transaction = await context.Database.BeginTransactionAsync();
        var revision = await _revisions.AppendAsync(context, _environment, expected, EnvFile.Parse(text), "ada", "first", CancellationToken.None);
        await transaction.CommitAsync();
        return revision;
    }
}
