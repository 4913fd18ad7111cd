using MnfstRag.Admin.Access;

namespace MnfstRag.Admin.Tests.Components.Layout;

/// <summary>A caller who holds exactly these permissions.</summary>
internal sealed class GrantedAccess(params string[] permissions) : IAccess
{
    public Task<Caller> RequireAsync(string permission, CancellationToken cancellationToken = default) =>
        permissions.Contains(permission, StringComparer.Ordinal)
            ? Task.FromResult(new Caller(Guid.Empty, "grace", [], permissions.ToHashSet(StringComparer.Ordinal)))
            : throw new PermissionDeniedException(permission);

    public Task<bool> MayAsync(string permission, CancellationToken cancellationToken = default) => Task.FromResult(permissions.Contains(permission, StringComparer.Ordinal));
}
