namespace MnfstRag.Admin.Access;

/// <summary>Everything a person may be allowed to do. Services check these; roles are sets of them (<see cref="Roles"/>).</summary>
public static class Permissions
{
    /// <summary>See connections, locks and figures of an environment; query text with literals masked.</summary>
    public const string Watch = "server.watch";

    /// <summary>See one session's query text with its literals (audited).</summary>
    public const string ReadRawQueries = "queries.raw";

    /// <summary>Cancel or terminate a backend.</summary>
    public const string SignalBackends = "backends.signal";

    /// <summary>Ask the server for the plan of a recorded statement (audited).</summary>
    public const string ExplainStatements = "queries.explain";

    /// <summary>Dismiss a finding for a time, with a reason (audited).</summary>
    public const string DismissFindings = "findings.dismiss";

    /// <summary>See an environment's settings; secrets never.</summary>
    public const string ReadSettings = "settings.read";

    /// <summary>Change an environment's settings, and export them with secrets after the password was typed again (audited).</summary>
    public const string ChangeSettings = "settings.change";

    /// <summary>Invite, change, lock and reset users.</summary>
    public const string ManageUsers = "users.manage";

    /// <summary>Read and verify the whole audit log.</summary>
    public const string ReadAudit = "audit.read";

    /// <summary>Every one of them; each is also the name of an authorization policy, for pages.</summary>
    public static IReadOnlyList<string> All { get; } = [Watch, ReadRawQueries, SignalBackends, ExplainStatements, DismissFindings, ReadSettings, ChangeSettings, ManageUsers, ReadAudit];
}
