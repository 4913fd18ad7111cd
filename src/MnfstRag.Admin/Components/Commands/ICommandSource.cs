namespace MnfstRag.Admin.Components.Commands;

/// <summary>
/// What a feature adds to the command palette. Register it scoped:
/// <c>services.AddScoped&lt;ICommandSource, AuditCommands&gt;()</c>. Asked each time the palette opens.
/// </summary>
public interface ICommandSource
{
    /// <summary>Commands that the caller may carry out now; those that would be refused are left out.</summary>
    Task<IReadOnlyList<Command>> ListAsync(CancellationToken cancellationToken = default);
}
