using MnfstRag.Postgres.Watching;
using MnfstRag.Testing;

namespace MnfstRag.Postgres.Tests.Watching;

public sealed class RawQueryTests
{
    [Theory, ClassData(typeof(VersionsAndRoles))]
    public async Task One_sessions_text_is_read_as_it_is_by_those_who_may(int major, WatchingRole kind)
    {
        await using var watched = await Watched.StartAsync(major, kind);
        var session = await watched.OpenAsync("talker");
        await session.RunAsync("SELECT 'secret', 42");
        var start = new DateTimeOffset(await watched.Database.ScalarAsync<DateTime>($"SELECT backend_start FROM pg_stat_activity WHERE pid = {session.ProcessID}"));
        var raw = new RawQuery(watched.Url, TimeProvider.System);

        var text = await raw.ReadAsync(session.ProcessID, start, CancellationToken.None);
        var reused = await raw.ReadAsync(session.ProcessID, start.AddTicks(10), CancellationToken.None);

        Assert.Equal(kind == WatchingRole.Bare ? null : "SELECT 'secret', 42", text.Value);
        Assert.Equal(kind == WatchingRole.Bare, text.Fault?.Contains("GRANT pg_read_all_stats", StringComparison.Ordinal) == true);
        Assert.Null(reused.Value);
        Assert.Equal(kind != WatchingRole.Bare, reused.Fault!.Contains("has ended", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_unreachable_server_is_told_in_words()
    {
        var raw = new RawQuery(Postgres.Connecting.DatabaseUrl.Parse("postgresql://u:s3cret@127.0.0.1:1/db").Url!, TimeProvider.System);

        var reading = await raw.ReadAsync(1, TimeProvider.System.GetUtcNow(), CancellationToken.None);

        Assert.StartsWith("Nothing listens at 127.0.0.1:1.", reading.Fault, StringComparison.Ordinal);
    }
}
