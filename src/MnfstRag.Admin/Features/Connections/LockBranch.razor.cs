using System.Globalization;
using Microsoft.AspNetCore.Components;
using MnfstRag.Admin.Components;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Features.Connections;

/// <summary>A node of the lock tree and the nodes below it.</summary>
public sealed partial class LockBranch
{
    /// <summary>Waiters of one session that are shown; the rest is counted.</summary>
    public const int Shown = 50;

    /// <summary>Levels that are shown: deeper ones are counted in the summary of the last.</summary>
    public const int Deepest = 24;

    private const int ShownText = 200;

    /// <summary>The session, or prepared transaction, with its waiters.</summary>
    [Parameter, EditorRequired]
    public LockNode Node { get; set; } = null!;

    /// <summary>0 for a root.</summary>
    [Parameter]
    public int Depth { get; set; }

    /// <summary>The server's clock at the reading.</summary>
    [Parameter, EditorRequired]
    public DateTimeOffset Now { get; set; }

    /// <summary>Where.</summary>
    [Parameter, EditorRequired]
    public string Environment { get; set; } = "";

    /// <summary>The page's state, for links.</summary>
    [Parameter, EditorRequired]
    public ConnectionsState State { get; set; } = new();

    /// <summary>Whether the caller may end a root blocker.</summary>
    [Parameter]
    public bool MaySignal { get; set; }

    /// <summary>It was kept from another time: the session may be gone, so nothing leads to it.</summary>
    [Parameter]
    public bool Past { get; set; }

    private bool IsIdleInTransaction => Node.Session?.State is SessionState.IdleInTransaction or SessionState.IdleInTransactionAborted;

    private TimeSpan? Waited => Since(Node.WaitsSince);

    private TimeSpan? Longest => Node.Waiters.Max(waiter => Since(waiter.WaitsSince));

    /// <summary>Names a node among its siblings.</summary>
    public static string KeyOf(LockNode node) => node.Session is { } session
        ? string.Create(CultureInfo.InvariantCulture, $"{session.Pid}@{session.BackendStart?.UtcTicks}")
        : $"prepared {node.PreparedTransaction}";

    private string Doing(Session session) => session.State switch
    {
        SessionState.Active when SessionTimes.Query(session, Now) is { } running => $"statement running for {Words.Duration(running)}",
        SessionState.IdleInTransaction or SessionState.IdleInTransactionAborted when SessionTimes.State(session, Now) is { } idle => $"for {Words.Duration(idle)}",
        _ => string.Empty,
    };

    private TimeSpan? Since(DateTimeOffset? start) => start is not { } at ? null : Now > at ? Now - at : TimeSpan.Zero;

    private static string Short(string query) => (query.Length > ShownText ? string.Concat(query.AsSpan(0, ShownText), "…") : query).ReplaceLineEndings(" ");
}
