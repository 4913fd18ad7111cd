using MnfstRag.Admin.Access;

namespace MnfstRag.Admin.Tests.Features;

/// <summary>Somebody whose permissions the test chooses.</summary>
internal sealed class KnownCaller(Caller caller) : IAccess
{
    public Task<Caller> RequireAsync(string permission, CancellationToken cancellationToken = default) =>
        caller.Permissions.Contains(permission) ? Task.FromResult(caller) : throw new PermissionDeniedException(permission);

    public Task<bool> MayAsync(string permission, CancellationToken cancellationToken = default) => Task.FromResult(caller.Permissions.Contains(permission));
}
