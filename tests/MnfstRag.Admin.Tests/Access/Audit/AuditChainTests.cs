using Microsoft.Extensions.DependencyInjection;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Audit;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Tests.Data;
using MnfstRag.Testing;

namespace MnfstRag.Admin.Tests.Access.Audit;

public sealed class AuditChainTests
{
    private static readonly Caller Anna = new(Guid.NewGuid(), "anna", [Roles.Administrator], new HashSet<string>());

    public static TheoryData<int> OldestAndNewest() => [PostgresVersions.All[0], PostgresVersions.Newest];

    [Theory]
    [MemberData(nameof(OldestAndNewest))]
    public async Task Rows_written_side_by_side_form_one_chain_without_gaps(int major)
    {
        await using var log = await TestLog.CreateAsync(major);

        await Task.WhenAll(Enumerable.Range(0, 40).Select(number => log.Log.WriteAsync(Event($"row {number}"))));

        var verdict = await log.Verifier.VerifyAsync();
        Assert.True(verdict.IsIntact, verdict.Words);
        Assert.Equal(40, verdict.Rows);
        Assert.Equal(log.Log.LastHead, verdict.Head);
    }

    [Fact]
    public async Task Whatever_text_comes_is_kept_and_its_row_verifies()
    {
        await using var log = await TestLog.CreateAsync();
        foreach (var text in new[] { "", "nul \0 here", "half \ud800 pair", "\u001b[31mred\u001b[0m", "‮gnitirw", "日本\n🔑", new string('x', 100_000), "\\u0000 \" '" })
        {
            await log.Log.WriteAsync(Event(text) with { Details = new Dictionary<string, string> { ["b"] = text, ["a"] = "1", ["é"] = text, [text] = "k" } });
        }

        var verdict = await log.Verifier.VerifyAsync();
        Assert.True(verdict.IsIntact, verdict.Words);
    }

    [Theory]
    [InlineData("UPDATE audit.entries SET object = 'row 9' WHERE sequence = 3", 3, "changed")]
    [InlineData("UPDATE audit.entries SET details = '{\"k\": \"w\"}' WHERE sequence = 4", 4, "changed")]
    [InlineData("UPDATE audit.entries SET actor_name = NULL WHERE sequence = 5", 5, "changed")]
    [InlineData("UPDATE audit.entries SET at = at + interval '1 microsecond' WHERE sequence = 1", 1, "changed")]
    [InlineData("UPDATE audit.entries SET version = 9 WHERE sequence = 2", 2, "version 9")]
    [InlineData("DELETE FROM audit.entries WHERE sequence = 2", 2, "missing")]
    [InlineData("DELETE FROM audit.entries WHERE sequence = 1", 1, "missing")]
    [InlineData("DELETE FROM audit.entries WHERE sequence = 6", 6, "missing")]
    [InlineData("TRUNCATE audit.entries", 1, "missing")]
    [InlineData("INSERT INTO audit.entries SELECT 0, version, at, phase, action, actor_id, actor_name, environment, object, outcome, correlation, details, previous_hash, hash FROM audit.entries WHERE sequence = 1", 1, "below")]
    [InlineData("DELETE FROM audit.entries WHERE sequence = 3; UPDATE audit.entries SET sequence = sequence - 1 WHERE sequence > 3", 3, "follow")]
    public async Task An_owner_who_removes_the_trigger_and_changes_rows_is_found_at_the_first_bad_one(string change, long first, string words)
    {
        await using var log = await TestLog.CreateAsync();
        for (var number = 1; number <= 6; number++)
        {
            await log.Log.WriteAsync(Event($"row {number}") with { Details = new Dictionary<string, string> { ["k"] = "v" } });
        }

        await log.Store.ExecuteAsAsync(log.Store.Owner, $"ALTER TABLE audit.entries DISABLE TRIGGER insert_only; {change}; ALTER TABLE audit.entries ENABLE ALWAYS TRIGGER insert_only");

        var verdict = await log.Verifier.VerifyAsync();
        Assert.False(verdict.IsIntact);
        Assert.Equal(first, verdict.FirstBad);
        Assert.Contains(words, verdict.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chain_rewritten_as_a_whole_differs_from_a_head_of_the_log()
    {
        await using var log = await TestLog.CreateAsync();
        await log.Log.WriteAsync(Event("the truth"));
        var head = log.Log.LastHead;
        await log.Store.ExecuteAsAsync(log.Store.Owner, "ALTER TABLE audit.entries DISABLE TRIGGER insert_only; TRUNCATE audit.entries");
        await log.Log.WriteAsync(Event("a lie"));

        await using (var afterRestart = log.Store.Services())
        {
            Assert.True((await afterRestart.GetRequiredService<AuditVerifier>().VerifyAsync()).IsIntact, "the chain alone cannot show it");
        }

        var verdict = await log.Verifier.VerifyAsync(head);
        Assert.False(verdict.IsIntact);
        Assert.Equal(1, verdict.FirstBad);
        Assert.Contains("the log says", verdict.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_no_row_can_be_written_the_caller_learns_it_before_acting()
    {
        await using var log = await TestLog.CreateAsync();
        await log.Store.ExecuteAsAsync(log.Store.Owner, $"REVOKE INSERT ON audit.entries FROM \"{log.Store.Runtime.Name}\"");

        await Assert.ThrowsAsync<StoreUnavailableException>(() => log.Log.WriteAsync(Event("x")));
        Assert.Equal(0, (await log.Verifier.VerifyAsync()).Rows);
    }

    [Theory]
    [InlineData("17:" + Hash, true)]
    [InlineData("0:" + Hash, false)]
    [InlineData("-1:" + Hash, false)]
    [InlineData("17", false)]
    [InlineData("17:abc", false)]
    [InlineData(null, false)]
    public void A_head_is_read_as_the_log_writes_it(string? text, bool good) => Assert.Equal(good ? text : null, AuditHead.Parse(text)?.ToString());

    [Fact]
    public void Shown_text_cannot_act_on_a_screen() =>
        Assert.Equal("\\u001B[31mred\\u000A\\u202Eevil ok é", AuditText.Shown("\u001b[31mred\n\u202eevil ok é"));

    private const string Hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    private static AuditEvent Event(string text) => new("test.event", AuditPhase.Event, Anna, Environment: "development", Object: text, Outcome: "done");

    private sealed class TestLog(TestStore store, ServiceProvider services) : IAsyncDisposable
    {
        public TestStore Store => store;

        public AuditLog Log => services.GetRequiredService<AuditLog>();

        public AuditVerifier Verifier => services.GetRequiredService<AuditVerifier>();

        public static async Task<TestLog> CreateAsync(int? major = null)
        {
            var store = await TestStore.CreateAsync(major);
            return new TestLog(store, await store.MigratedAsync());
        }

        public async ValueTask DisposeAsync()
        {
            await services.DisposeAsync();
            await store.DisposeAsync();
        }
    }
}
