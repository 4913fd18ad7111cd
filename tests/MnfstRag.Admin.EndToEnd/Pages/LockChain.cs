using MnfstRag.Admin.EndToEnd.Testing;
using Npgsql;

namespace MnfstRag.Admin.EndToEnd.Pages;

/// <summary>Three sessions, each waiting for the one before: the first is idle in a transaction.</summary>
internal sealed class LockChain : IAsyncDisposable
{
    private readonly List<NpgsqlConnection> _sessions = [];
    private readonly List<Task> _waiting = [];

    private LockChain()
    {
    }

    public int Root => _sessions[0].ProcessID;

    public IEnumerable<int> Pids => _sessions.Select(session => session.ProcessID);

    public static async Task<LockChain> BuildAsync(DashboardFixture fixture)
    {
        var chain = new LockChain();
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

    public async ValueTask DisposeAsync()
    {
        foreach (var session in _sessions)
        {
            await session.DisposeAsync();
        }

        try
        {
            await Task.WhenAll(_waiting);
        }
        catch (Exception fault) when (fault is NpgsqlException or ObjectDisposedException or InvalidOperationException)
        {
            // A test that ended early leaves them waiting; closing their sessions ends them.
            return;
        }
    }

    private async Task RunAsync(int session, string sql)
    {
        await using var command = new NpgsqlCommand(sql, _sessions[session]) { CommandTimeout = 120 };
        await command.ExecuteNonQueryAsync();
    }
}
