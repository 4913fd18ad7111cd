using MnfstRag.Postgres.Checking;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Testing;

namespace MnfstRag.Postgres.Tests.Checking;

public sealed class CheckRunnerTests
{
    private static readonly DatabaseUrl Nowhere = DatabaseUrl.Parse("postgresql://u:geheim@127.0.0.1:1/d").Url!;

    [Fact]
    public async Task A_check_with_a_fault_of_its_own_takes_no_other_with_it()
    {
        var report = await RunAsync(new CheckLimits(), new Scripted("broken", _ => throw new InvalidCastException("geheim")), new Scripted("fine", _ => Task.FromResult(CheckOutcome.Ok("Fine."))));

        Given.Is(Verdict.Warning, report.Of("broken"), "InvalidCastException");
        Given.Is(Verdict.Ok, report.Of("fine"));
        Assert.DoesNotContain("geheim", report.Of("broken").Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_check_that_hangs_is_left_behind()
    {
        var report = await RunAsync(new CheckLimits { PerCheck = TimeSpan.FromMilliseconds(100) }, new Scripted("hangs", ForeverAsync), new Scripted("fine", _ => Task.FromResult(CheckOutcome.Ok("Fine."))));

        Given.Is(Verdict.Warning, report.Of("hangs"), "no answer within 100 ms");
        Given.Is(Verdict.Ok, report.Of("fine"));
    }

    [Fact]
    public async Task The_limit_of_the_run_ends_what_has_not_had_its_turn()
    {
        var report = await RunAsync(
            new CheckLimits { Total = TimeSpan.FromMilliseconds(100), Connections = 1 }, new Scripted("hangs", ForeverAsync), new Scripted("late", _ => Task.FromResult(CheckOutcome.Ok("Fine."))));

        Assert.Equal(Verdict.Warning, report.Of("hangs").Verdict);
        Given.Is(Verdict.Skipped, report.Of("late"), "turn did not come");
    }

    [Fact]
    public async Task The_caller_may_cancel_at_any_time()
    {
        using var cancel = new CancellationTokenSource();
        var started = new TaskCompletionSource();
        var run = new CheckRunner([new Scripted("hangs", token => { started.SetResult(); return ForeverAsync(token); })], new CheckLimits(), TimeProvider.System)
            .RunAsync(Nowhere, only: null, progress: null, cancel.Token);
        await started.Task;

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
    }

    [Fact]
    public async Task What_a_chosen_check_needs_runs_and_is_not_reported()
    {
        var server = await PostgresServers.GetAsync();

        var report = await Diagnosis.OfAsync(server.ConnectionString(), "wraparound", "tls");

        Assert.Equal(["tls", "wraparound"], report.Results.Select(result => result.Name));
        Assert.Equal(2, report.Count(Verdict.Ok));
    }

    [Fact]
    public async Task Letters_that_steer_a_terminal_never_leave()
    {
        var report = await RunAsync(new CheckLimits(), new Scripted("names", _ => Task.FromResult(CheckOutcome.Warning("table \u001b[31mred\n\u202Egnp", "drop \u0007it"))));

        Assert.Equal("table ?[31mred??gnp", report.Of("names").Evidence);
        Assert.Equal("drop ?it", report.Of("names").Remedy);
    }

    [Fact]
    public async Task A_report_hears_of_each_check_once()
    {
        var heard = new List<string>();
        var runner = new CheckRunner([new Scripted("a", _ => Task.FromResult(CheckOutcome.Ok("A"))), new Scripted("b", _ => Task.FromResult(CheckOutcome.Ok("B")))], new CheckLimits(), TimeProvider.System);

        await runner.RunAsync(Nowhere, only: null, new Listening(heard), CancellationToken.None);

        Assert.Equal(["a", "b"], heard.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_catalogue_is_sound()
    {
        var known = new List<string>();
        foreach (var check in HealthChecks.All)
        {
            Assert.Matches("^[a-z]+(-[a-z]+)*$", check.Name);
            Assert.DoesNotContain(check.Name, known);
            Assert.All(new[] { check.Needs, check.Consults }.OfType<string>(), name => Assert.Contains(name, known));
            known.Add(check.Name);
        }
    }

    [Fact]
    public void A_server_is_named_without_user_and_password() =>
        Assert.Equal("a:5432,[::1]:6000/d", ServerName.Of(DatabaseUrl.Parse("postgresql://u:geheim@a,[::1]:6000/d?sslpassword=geheim").Url!));

    private static Task<CheckReport> RunAsync(CheckLimits limits, params ICheck[] checks) =>
        new CheckRunner(checks, limits, TimeProvider.System).RunAsync(Nowhere, only: null, progress: null, CancellationToken.None);

    private static async Task<CheckOutcome> ForeverAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        return CheckOutcome.Ok("Never.");
    }

    private sealed class Scripted(string name, Func<CancellationToken, Task<CheckOutcome>> run) : ICheck
    {
        public string Name => name;

        public string Title => name;

        public string? Needs => null;

        public Task<CheckOutcome> RunAsync(CheckContext context, CancellationToken cancellationToken) => run(cancellationToken);
    }

    private sealed class Listening(List<string> heard) : IProgress<CheckResult>
    {
        public void Report(CheckResult value)
        {
            lock (heard)
            {
                heard.Add(value.Name);
            }
        }
    }
}
