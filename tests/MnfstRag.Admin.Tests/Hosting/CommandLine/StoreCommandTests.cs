using MnfstRag.Admin.Tests.Data;

namespace MnfstRag.Admin.Tests.Hosting.CommandLine;

/// <summary><c>migrate</c>, <c>create-admin</c> and <c>verify-audit</c> as an operator runs them.</summary>
public sealed class StoreCommandTests
{
    private const string Password = "Kelp-forest-at-0312-hours";

    [Fact]
    public async Task A_store_is_prepared_gets_its_first_administrator_and_its_log_is_proven()
    {
        await using var store = await TestStore.EmptyAsync();

        var first = await RunAsync(store, input: null, "migrate");
        var second = await RunAsync(store, input: null, "migrate");
        var made = await RunAsync(store, Password, "create-admin", "--name", "ada");
        var again = await RunAsync(store, Password, "create-admin", "--name", "ada");
        var proven = await RunAsync(store, input: null, "verify-audit");
        await store.ExecuteAsAsync(store.Owner, "ALTER TABLE audit.entries DISABLE TRIGGER ALL; UPDATE audit.entries SET action = 'nothing' WHERE sequence = (SELECT min(sequence) FROM audit.entries)");
        var broken = await RunAsync(store, input: null, "verify-audit");

        Assert.Equal((0, 0, 0, 64, 0, 2), (first.ExitCode, second.ExitCode, made.ExitCode, again.ExitCode, proven.ExitCode, broken.ExitCode));
        Assert.Contains("migrations were applied", first.Output, StringComparison.Ordinal);
        Assert.Equal("The store was up to date.", second.Output.Trim());
        Assert.Equal("ada is an administrator now.", made.Output.Trim());
        Assert.Contains("ada", again.Error, StringComparison.Ordinal);
        Assert.Contains("1", broken.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, made.Output + made.Error + again.Output + again.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--name", "create-admin")]
    [InlineData("No password came on standard input", "create-admin", "--name", "ada")]
    [InlineData("--head must read SEQUENCE:HASH", "verify-audit", "--head", "12")]
    public async Task A_wrong_use_ends_with_64_and_one_clear_sentence(string words, params string[] arguments)
    {
        await using var store = await TestStore.EmptyAsync();

        var ended = await RunAsync(store, input: null, arguments);

        Assert.Equal(64, ended.ExitCode);
        Assert.Contains(words, ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_weak_password_is_refused_and_nobody_is_made()
    {
        await using var store = await TestStore.EmptyAsync();

        var ended = await RunAsync(store, "password1234", "create-admin", "--name", "ada");

        Assert.Equal(64, ended.ExitCode);
        Assert.Contains("password", ended.Error, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(0L, await store.Database.ScalarAsync<long>("SELECT count(*) FROM identity.users"));
    }

    [Fact]
    public async Task A_store_that_does_not_answer_ends_with_70_and_names_where_it_was_looked_for()
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["ConnectionStrings:Admin"] = "postgresql://u:s3cret-word@127.0.0.1:9/d" };

        var ended = await AdminProcess.RunOnStoreAsync(settings, input: null, "migrate");

        Assert.Equal(70, ended.ExitCode);
        Assert.Contains("127.0.0.1:9", ended.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret-word", ended.Output + ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_wrong_settings_of_several_kinds_are_all_told_at_once()
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["Urls"] = "http://127.0.0.1:0",
            ["ConnectionStrings:Admin"] = "mysql://u:s3cret-word@h/d",
            ["Sampler:Interval"] = "00:00:00.001",
        };

        var ended = await AdminProcess.RunOnStoreAsync(settings, input: null);

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("ConnectionStrings:Admin", ended.Error, StringComparison.Ordinal);
        Assert.Contains("Sampler:Interval", ended.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret-word", ended.Output + ended.Error, StringComparison.Ordinal);
    }

    private static Task<AdminProcess.Ended> RunAsync(TestStore store, string? input, params string[] arguments) =>
        AdminProcess.RunOnStoreAsync(store.Settings(), input, arguments);
}
