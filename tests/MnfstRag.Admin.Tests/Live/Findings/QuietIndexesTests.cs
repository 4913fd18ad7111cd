using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Live;
using MnfstRag.Admin.Live.Findings;
using MnfstRag.Admin.Live.Recording;
using MnfstRag.Admin.Tests.Data.History;

namespace MnfstRag.Admin.Tests.Live.Findings;

public sealed class QuietIndexesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1, 14, "public.quiet public.still")]
    [InlineData(1, 3, "public.quiet public.still public.used-long-ago public.young")]
    [InlineData(3, 14, "")]
    public async Task Those_are_named_that_were_watched_long_enough_and_not_seen_scanned(int hoursBetweenHours, int days, string named)
    {
        await using var bench = await HistoryBench.StartAsync(Now, kinds: [IndexHistory.Kind]);
        for (var day = 0; day <= 20; day++)
        {
            await bench.Schema.EnsureDayAsync(Now.AddDays(-day), CancellationToken.None);
        }

        await bench.Own.ExecuteAsAsync(bench.Own.Runtime, Past(bench.Environment, hoursBetweenHours));
        await bench.Keeping.RunAsync(CancellationToken.None);
        using var quiet = new QuietIndexes(
            new EnvironmentWatches(Options.Create(new SamplerOptions())), new StoreState(bench.Clock), bench.Store, Options.Create(new FindingOptions { UnusedIndexAge = TimeSpan.FromDays(days) }), bench.Clock, NullLogger<QuietIndexes>.Instance);

        var found = await quiet.LookAsync(bench.Environment, CancellationToken.None);

        Assert.Equal(named, string.Join(' ', found.Keys.Order(StringComparer.Ordinal)));
        Assert.All(found.Values, since => Assert.Equal(Now.AddDays(-days), since));
    }

    /// <summary>Eighteen days of hours; each index has a row a day, as the recorder writes it, and one more where it was scanned.</summary>
    private static string Past(Guid environment, int step) =>
        $$"""
        INSERT INTO history.subjects (environment, kind, key, first_seen, last_seen)
        SELECT '{{environment}}', kind, key, seen, '{{Now:O}}'
        FROM (VALUES ('indexes', 'public.quiet', '{{Now.AddDays(-18):O}}'::timestamptz), ('indexes', 'public.still', '{{Now.AddDays(-14):O}}'), ('indexes', 'public.used', '{{Now.AddDays(-18):O}}'),
                     ('indexes', 'public.used-long-ago', '{{Now.AddDays(-18):O}}'), ('indexes', 'public.young', '{{Now.AddDays(-5):O}}'), ('indexes.coverage', '', '{{Now.AddDays(-18):O}}')) AS s (kind, key, seen);
        INSERT INTO history.coverage_hour (at, source, seconds)
        SELECT at, id, 3600 FROM history.subjects, generate_series('{{Now.AddDays(-18):O}}'::timestamptz, '{{Now.AddHours(-1):O}}', '{{step}} hours') at WHERE kind = 'indexes.coverage';
        INSERT INTO history.indexes_hour (at, subject, scans, fetched, bytes)
        SELECT at, id, 0, 0, 8192 FROM history.subjects, generate_series('{{Now.AddDays(-18):O}}'::timestamptz, '{{Now.AddHours(-1):O}}', '1 day') at WHERE kind = 'indexes' AND at >= first_seen;
        INSERT INTO history.indexes_hour (at, subject, scans, fetched, bytes)
        SELECT '{{Now.AddHours(-6):O}}'::timestamptz, id, 7, 7, 8192 FROM history.subjects WHERE key = 'public.used'
        UNION ALL SELECT '{{Now.AddDays(-5).AddHours(1):O}}'::timestamptz, id, 7, 7, 8192 FROM history.subjects WHERE key = 'public.used-long-ago';
        """;
}
