using System.Diagnostics;
using System.Globalization;
using MnfstRag.Admin.Live.Recording;
using MnfstRag.Postgres.Watching;
using Xunit.Abstractions;

namespace MnfstRag.Admin.Tests.Data.History;

/// <summary>
/// Thirty days of an environment with 500 statements, of which a third changes each minute and all change each hour, and 200 indexes of which a quarter does each
/// five minutes: what the store grows to, and how long a week's chart takes.
/// </summary>
public sealed class HistorySizeTests(ITestOutputHelper output)
{
    private const long Most = 150L * 1024 * 1024;
    private static readonly TimeSpan Aim = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Thirty_days_fit_into_150_MB_and_a_week_is_drawn_quickly()
    {
        await using var bench = await HistoryBench.StartAsync(Now, kinds: [StatementHistorySource.Columns, IndexHistory.Kind]);
        for (var day = 0; day <= 31; day++)
        {
            await bench.Schema.EnsureDayAsync(Now.AddDays(-day), CancellationToken.None);
        }

        await bench.Own.ExecuteAsAsync(bench.Own.Runtime, Fill(bench.Environment));
        await bench.Keeping.RunAsync(CancellationToken.None);
        await bench.Own.ExecuteAsAsync(bench.Own.Runtime, "ANALYZE");
        var bytes = await bench.Own.Database.ScalarAsync<long>(
            "SELECT sum(pg_total_relation_size(oid))::int8 FROM pg_class WHERE relnamespace = 'history'::regnamespace AND relkind IN ('r', 'p')");
        var week = new TimeRange(Now.AddDays(-7), Now);
        var series = await QuickestAsync(() => bench.Store.SeriesAsync(StatementHistorySource.Columns, bench.Environment, "17", week, 168));
        var totals = await QuickestAsync(() => bench.Store.TotalsAsync(StatementHistorySource.Columns, bench.Environment, week));
        var month = await QuickestAsync(() => bench.Store.TotalsAsync(StatementHistorySource.Columns, bench.Environment, new TimeRange(Now.AddDays(-29), Now)));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:0.0} MB; one statement over a week {series.TotalMilliseconds:0} ms; all statements over a week {totals.TotalMilliseconds:0} ms, over 29 days {month.TotalMilliseconds:0} ms"));

        Assert.InRange(bytes, 20L * 1024 * 1024, Most);

        Assert.All([series, totals, month], took => Assert.InRange(took, TimeSpan.Zero, Aim));
        Assert.Equal(500, (await bench.Store.TotalsAsync(StatementHistorySource.Columns, bench.Environment, week)).Count);
    }

    /// <summary>The best of seven, and of more while that is over the aim: other suites may have the machine for a while, a slow statement is slow each time.</summary>
    private static async Task<TimeSpan> QuickestAsync<T>(Func<Task<T>> ask)
    {
        var best = TimeSpan.MaxValue;
        var start = Stopwatch.GetTimestamp();
        for (var turn = 0; turn < 7 || (best > Aim && Stopwatch.GetElapsedTime(start) < Patience); turn++)
        {
            var began = Stopwatch.GetTimestamp();
            await ask();
            best = Stopwatch.GetElapsedTime(began) is var took && took < best ? took : best;
        }

        return best;
    }

    private static string Fill(Guid environment) =>
        $$"""
        INSERT INTO history.subjects (environment, kind, key, details, first_seen, last_seen)
        SELECT '{{environment}}', kind, key, repeat('x', CASE WHEN kind = 'statements' THEN 600 ELSE 40 END), '{{Now.AddDays(-30):O}}', '{{Now:O}}'
        FROM (SELECT 'statements' AS kind, g::text AS key FROM generate_series(1, 500) g
              UNION ALL SELECT 'indexes', g::text FROM generate_series(1, 200) g
              UNION ALL SELECT 'statements.coverage', '' UNION ALL SELECT 'indexes.coverage', '') s;
        INSERT INTO history.coverage_hour (at, source, seconds)
        SELECT at, id, 3600 FROM history.subjects, generate_series('{{Now.AddDays(-30):O}}'::timestamptz, '{{Now.AddHours(-1):O}}', '1 hour') at WHERE kind LIKE '%.coverage';
        INSERT INTO history.coverage_minute (at, source, seconds)
        SELECT at, id, 60 FROM history.subjects, generate_series('{{Now.AddDays(-1).Date:yyyy-MM-dd}} 00:01+00'::timestamptz, '{{Now:O}}', '1 minute') at WHERE kind LIKE '%.coverage';
        INSERT INTO history.statements_hour
        SELECT at, id, 1000 * random(), 5000 * random(), 90 * random(), 9000 * random(), 80000 * random(), 900 * random(), 70 * random(), 0, 4096 * random()
        FROM generate_series('{{Now.AddDays(-30):O}}'::timestamptz, '{{Now.AddHours(-1):O}}', '1 hour') at, history.subjects WHERE kind = 'statements';
        INSERT INTO history.statements_minute
        SELECT at, id, 20 * random(), 90 * random(), CASE WHEN random() < 0.1 THEN 90 * random() END, 90 * random(), 800 * random(), 9 * random(), random(), 0, 4096 * random()
        FROM generate_series('{{Now.AddDays(-1).Date:yyyy-MM-dd}} 00:01+00'::timestamptz, '{{Now:O}}', '1 minute') WITH ORDINALITY AS t (at, n), history.subjects WHERE kind = 'statements' AND (id + n) % 3 = 0;
        INSERT INTO history.indexes_hour
        SELECT at, id, 1000 * random(), 5000 * random(), 8192000 FROM generate_series('{{Now.AddDays(-30):O}}'::timestamptz, '{{Now.AddHours(-1):O}}', '1 hour') at, history.subjects WHERE kind = 'indexes';
        INSERT INTO history.indexes_minute
        SELECT at, id, 1000 * random(), 5000 * random(), 8192000 FROM generate_series('{{Now.AddDays(-1).Date:yyyy-MM-dd}} 00:05+00'::timestamptz, '{{Now:O}}', '5 minutes') WITH ORDINALITY AS t (at, n), history.subjects WHERE kind = 'indexes' AND (id + n) % 4 = 0;
        ANALYZE;
        """;
}
