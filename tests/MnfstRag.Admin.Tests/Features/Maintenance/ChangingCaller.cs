using MnfstRag.Admin.Access;

namespace MnfstRag.Admin.Tests.Features.Maintenance;

/// <summary>Somebody who becomes somebody else within a test.</summary>
internal sealed class ChangingCaller : IAccess
{
    public Caller Is { get; set; } = null!;

    public Task<Caller> RequireAsync(string permission, CancellationToken cancellationToken = default) => new KnownCaller(Is).RequireAsync(permission, cancellationToken);

    public Task<bool> MayAsync(string permission, CancellationToken cancellationToken = default) => new KnownCaller(Is).MayAsync(permission, cancellationToken);
}
