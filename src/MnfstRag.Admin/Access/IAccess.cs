namespace MnfstRag.Admin.Access;

/// <summary>The question every service asks first. Scoped: one a circuit or request.</summary>
public interface IAccess
{
    /// <summary>
    /// The caller, when the store says at this moment that they hold <paramref name="permission"/>: signed in, not locked,
    /// security stamp unchanged, role still theirs.
    /// </summary>
    /// <exception cref="PermissionDeniedException">They do not; the refusal has been written to the audit log.</exception>
    Task<Caller> RequireAsync(string permission, CancellationToken cancellationToken = default);

    /// <summary>Whether the caller holds it: for pages, which hide what would be refused. Not audited.</summary>
    Task<bool> MayAsync(string permission, CancellationToken cancellationToken = default);
}
