using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;
using MnfstRag.Admin.Components.Parts;
using MnfstRag.Postgres.Signalling;
using MnfstRag.Postgres.Watching;
using MudBlazor;

namespace MnfstRag.Admin.Features.Connections;

/// <summary>Cancel and terminate of one session. Shown only to those who may; the service checks it again.</summary>
public sealed partial class SignalButtons(SignalService signals, IDialogService dialogs, ISnackbar snackbar, NavigationManager navigation) : IDisposable
{
    private bool _running;
    private bool _gone;
    private SignalReport? _report;
    private SessionKey? _key;

    /// <summary>Where.</summary>
    [Parameter, EditorRequired]
    public string Environment { get; set; } = "";

    /// <summary>Which.</summary>
    [Parameter, EditorRequired]
    public Session Session { get; set; } = null!;

    /// <summary>The server's clock at the reading.</summary>
    [Parameter, EditorRequired]
    public DateTimeOffset Now { get; set; }

    private string AuditUrl => QueryHelpers.AddQueryString("/audit", new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["action"] = "backend",
        ["on"] = Environment,
        ["text"] = string.Create(CultureInfo.InvariantCulture, $"backend {Session.Pid}"),
    });

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        var key = SessionKey.Of(Session);
        if (key != _key)
        {
            (_key, _report) = (key, null);
        }
    }

    private Task CancelAsync() => AskAsync(
        SignalKind.Cancel,
        Session,
        $"Cancel the statement of session {Session.Pid}?",
        "The statement ends with an error. The session stays; if a transaction is open, it stays open in a failed state with its locks until its client rolls it back.",
        $"Cancel the statement of {Session.Pid}");

    private Task TerminateAsync() => AskAsync(
        SignalKind.Terminate,
        Session,
        $"Terminate session {Session.Pid}?",
        "Its transaction is rolled back, its locks are released, and its client sees the connection close.",
        $"Terminate session {Session.Pid}");

    /// <summary>The session is the one that was asked about, whatever the next tick shows in its place.</summary>
    private async Task AskAsync(SignalKind kind, Session session, string title, string consequence, string action)
    {
        if (_running || SessionKey.Of(session) is not { } key)
        {
            return;
        }

        _report = null;
        if (!await dialogs.ConfirmAsync(new Confirmation(title, consequence, action, Facts(session, Now))))
        {
            return;
        }

        _running = true;
        try
        {
            var report = await signals.SendAsync(Environment, kind, key, kind == SignalKind.Cancel ? session.QueryStart : null);
            _report = report.Done ? null : report;
            if (report.Done || _gone)
            {
                Tell(report);
            }
        }
        finally
        {
            _running = false;
        }
    }

    /// <summary>A session that has ended takes these buttons along: what became of it is told where it stays.</summary>
    private void Tell(SignalReport report)
    {
        var proof = AuditUrl;
        snackbar.Add(report.Words, report.Done ? Severity.Normal : Severity.Warning, options =>
        {
            options.RequireInteraction = false;
            options.Action = "See it in the audit log";
            options.OnClick = _ =>
            {
                navigation.NavigateTo(proof);
                return Task.CompletedTask;
            };
        });
    }

    /// <inheritdoc />
    public void Dispose() => _gone = true;
}
