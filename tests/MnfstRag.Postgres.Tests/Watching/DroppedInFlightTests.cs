using MnfstRag.Postgres.Advising;
using MnfstRag.Postgres.Watching;
using MnfstRag.Testing;

namespace MnfstRag.Postgres.Tests.Watching;

/// <summary>Tables, indexes and sequences that come and go while they are read.</summary>
public sealed class DroppedInFlightTests
{
    private const int Readings = 25;
    private static readonly IReadOnlyList<IReader> Shapes = [IndexReader.Instance, TableReader.Instance, ForeignKeyReader.Instance, SequenceReader.Instance, BloatReader.Instance];

    [Theory, ClassData(typeof(PostgresVersions))]
    public async Task What_is_dropped_meanwhile_breaks_no_reading_and_is_told_as_nothing(int major)
    {
        await using var watched = await Watched.StartAsync(major);
        await watched.Database.ExecuteAsync("CREATE TABLE stays (id serial PRIMARY KEY)");
        await using var maker = await watched.OpenAsync("comes-and-goes");
        using var enough = new CancellationTokenSource();
        var making = Task.Run(async () =>
        {
            for (var turn = 0; !enough.IsCancellationRequested; turn++)
            {
                await maker.RunAsync($"CREATE TABLE goes_{turn} (id serial PRIMARY KEY, other int REFERENCES stays); CREATE INDEX ON goes_{turn} (other); CREATE INDEX ON goes_{turn} (lower(id::text)); INSERT INTO goes_{turn} DEFAULT VALUES");
                await maker.RunAsync($"DROP TABLE goes_{turn}");
            }
        });
        try
        {
            for (var turn = 0; turn < Readings; turn++)
            {
                var reading = await watched.Reader.ReadAsync(Shapes, CancellationToken.None);

                Assert.Null(reading.Fault);
                Assert.Empty(reading.ReaderFaults);
                var indexes = reading.Of(IndexReader.Instance).Value!;
                Assert.True(indexes.LeftOut > 0 || indexes.Indexes.Any(index => index.Name == "stays_pkey"));
                Assert.DoesNotContain(
                    IndexRules.Of(indexes, reading.Of(ForeignKeyReader.Instance).Value, new IndexThresholds()),
                    finding => !finding.Key.Contains("goes_", StringComparison.Ordinal) || finding.Rule is "index.invalid" or "index.unused");
            }
        }
        finally
        {
            await enough.CancelAsync();
            await making;
        }
    }
}
