using MnfstRag.Admin.EndToEnd.Testing;
using Npgsql;

namespace MnfstRag.Admin.EndToEnd.Pages;

/// <summary>Three sessions, each waiting for the one before: the first is idle in a transaction.</summary>
internal sealed class LockChain : IAsyncDisposable
{
    private readonly List<NpgsqlConnection> _sessions = [];
    private readonly List<Task> _waiting = [];
    private readonly DashboardFixture _fixture;

    private LockChain(DashboardFixture fixture) => _fixture = fixture;

    public int Root => _sessions[0].ProcessID;

    public IEnumerable<int> Pids => _sessions.Select(session => session.ProcessID);

    public static async Task<LockChain> BuildAsync(DashboardFixture fixture)
    {
        var chain = new LockChain(fixture);
        foreach (var name in new[] { "chain-root", "chain-middle", "chain-leaf" })
        {
            chain._sessions.Add(await fixture.OpenSessionAsync(name));
        }

        await chain.RunAsync(0, "CREATE TABLE IF NOT EXISTS chain_one (id int); CREATE TABLE IF NOT EXISTS chain_two (id int)");
        await chain.RunAsync(0, "BEGIN; LOCK TABLE chain_one IN ACCESS EXCLUSIVE MODE");
        await chain.RunAsync(1, "BEGIN; LOCK TABLE chain_two IN ACCESS EXCLUSIVE MODE");
        chain._waiting.Add(chain.RunAsync(1, "SELECT count(*) FROM chain_one"));
        chain._waiting.Add(chain.RunAsync(2, "SELECT count(*) FROM chain_two"));
        return chain;
    }

    /// <summary>Every session that waited has got its lock.</summary>
    public async Task WhenFreeAsync(CancellationToken cancellationToken)
    {
        await _waiting[0].WaitAsync(cancellationToken);
        await RunAsync(1, "COMMIT");
        await _waiting[1].WaitAsync(cancellationToken);
    }

    /// <summary>Ends them from outside: a session that waits cannot be asked to close.</summary>
    public async ValueTask DisposeAsync()
    {
        await _fixture.Watched.ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'chain-%'");
        foreach (var waiting in _waiting)
        {
            try
            {
                await waiting;
            }
            catch (NpgsqlException)
            {
                // Its session has just been ended.
                continue;
            }
        }

        foreach (var session in _sessions)
        {
            await session.DisposeAsync();
        }
    }

    private async Task RunAsync(int session, string sql)
    {
        await using var command = new NpgsqlCommand(sql, _sessions[session]) { CommandTimeout = 40 };
        await command.ExecuteNonQueryAsync();
    }
}
