namespace MnfstRag.Admin.Access.Audit;

/// <summary>The insert-only, hash-chained record of who did what.</summary>
public interface IAuditLog
{
    /// <summary>Appends a row and returns its correlation id. An exception means that nothing was written: do not act.</summary>
    Task<Guid> WriteAsync(AuditEvent entry, CancellationToken cancellationToken = default);
}
