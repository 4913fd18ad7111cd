namespace MnfstRag.Admin.Access.Audit;

/// <summary>Log messages of the audit log: 2100–2119.</summary>
internal static partial class AuditMessages
{
    /// <summary>The chain's head leaves the database here: who rewrites the chain cannot rewrite yesterday's log.</summary>
    [LoggerMessage(2100, LogLevel.Information, "Audit head {Head}")]
    public static partial void Head(ILogger logger, AuditHead head);

    [LoggerMessage(2101, LogLevel.Error, "The audit row about {Action} could not be written: the action does not happen")]
    public static partial void NotWritten(ILogger logger, string action, Exception exception);
}
