using System.Globalization;
using Microsoft.AspNetCore.Components;
using MnfstRag.Admin.Components;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Features.Connections;

/// <summary>The session table: sorted and filtered rows, of which those in sight are rendered.</summary>
public sealed partial class SessionTable
{
    /// <summary>Longer statements are cut in the table; the side panel has them whole.</summary>
    private const int ShownText = 160;

    private IReadOnlyList<SessionColumn> _columns = [];
    private string _link = "";

    /// <summary>Sessions in their order.</summary>
    [Parameter, EditorRequired]
    public List<Session> Rows { get; set; } = [];

    /// <summary>The server's clock at the reading.</summary>
    [Parameter, EditorRequired]
    public DateTimeOffset Now { get; set; }

    /// <summary>Order, columns and the open session.</summary>
    [Parameter, EditorRequired]
    public ConnectionsState State { get; set; } = new();

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        _columns = [.. Enum.GetValues<SessionColumn>().Where(column => !State.Hidden.Contains(column))];
        var url = (State with { Session = null }).ToUrl();
        _link = url + (url.Contains('?', StringComparison.Ordinal) ? "&session=" : "?session=");
    }

    private string? Link(Session session) => SessionKey.Of(session) is { } key ? _link + key : null;

    private bool IsOpen(Session session) => State.Session is { } open && open.Pid == session.Pid && open.BackendStart == session.BackendStart;

    private string Sorted(SessionColumn column) => State.Order.Column != column ? "none" : State.Order.Descending ? "descending" : "ascending";

    private static string Css(SessionColumn column) => SessionColumns.IsFigure(column) ? "figure" : $"column-{column.ToString().ToLowerInvariant()}";

    private static string Time(TimeSpan? time) => time is { } value ? Words.Duration(TimeSpan.FromSeconds(Math.Floor(value.TotalSeconds * 10) / 10)) : string.Empty;

    private static string? Wait(Session session) => session.WaitEventType is null or "Client" ? null : $"{session.WaitEventType}: {session.WaitEvent}";

    private static string Blockers(Session session) => session.BlockedBy.Count switch
    {
        0 => string.Empty,
        1 => Blocker(session.BlockedBy[0]),
        _ => $"{Blocker(session.BlockedBy[0])} and {session.BlockedBy.Count - 1} more",
    };

    private static string Blocker(int pid) => pid == 0 ? "a prepared transaction" : pid.ToString(CultureInfo.InvariantCulture);

    private static string Name(SessionColumn column, Session session) => column switch
    {
        SessionColumn.Application => session.Application,
        SessionColumn.User => session.User,
        SessionColumn.Database => session.Database,
        _ => session.Client,
    } ?? Words.Missing;

    private static string? Short(string? query)
    {
        if (query is null)
        {
            return null;
        }

        var line = query.Length > ShownText ? string.Concat(query.AsSpan(0, ShownText), "…") : query;
        return line.ReplaceLineEndings(" ");
    }
}
