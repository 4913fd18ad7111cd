using System.Security.Cryptography;
using System.Text;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Fencing;
using MnfstRag.Admin.Live.Fencing;
using MnfstRag.Postgres.Fencing;

namespace MnfstRag.Admin.Features.Fencing;

/// <summary>How an environment's fence stands and what its scripts would do; the self-test. Scoped.</summary>
public sealed class FenceService
{
    private const int Tests = 10;

    private readonly IAccess _access;
    private readonly IEnvironmentStore _environments;
    private readonly IFenceRecords _records;
    private readonly ProductSignIns _signIns;
    private readonly FenceInspection _inspection;
    private readonly FenceTesting _testing;

    internal FenceService(IAccess access, IEnvironmentStore environments, IFenceRecords records, ProductSignIns signIns, FenceInspection inspection, FenceTesting testing) =>
        (_access, _environments, _records, _signIns, _inspection, _testing) = (access, environments, records, signIns, inspection, testing);

    /// <summary>Looks now; null when there is no such environment.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not see it.</exception>
    public async Task<FenceView?> ReadAsync(string environment, CancellationToken cancellationToken = default)
    {
        await _access.RequireAsync(Permissions.FenceTenants, cancellationToken);
        if (await FindAsync(environment, cancellationToken) is not { } known)
        {
            return null;
        }

        var credentials = await FenceCredentials.ReadAsync(_environments, known.Id, cancellationToken);
        var enabled = await _signIns.FindAsync(known.Id, cancellationToken);
        return new FenceView(
            known.Name,
            await PartAsync(credentials, FencePart.Tenants, cancellationToken),
            await PartAsync(credentials, FencePart.SignIn, cancellationToken),
            enabled?.At,
            enabled?.By,
            await _records.TestsAsync(known.Id, Tests, cancellationToken));
    }

    /// <summary>Tries to get past the fence, with the rows of two tenants; nothing of it stays. Null when there is no such environment.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not test it.</exception>
    public async Task<FenceTest?> TestAsync(string environment, CancellationToken cancellationToken = default)
    {
        var caller = await _access.RequireAsync(Permissions.FenceTenants, cancellationToken);
        return await FindAsync(environment, cancellationToken) is { } known ? await _testing.RunAsync(known.Id, caller.Name, cancellationToken) : null;
    }

    /// <summary>Names a script by its text.</summary>
    internal static string Print(FenceScript script) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(script.Text)))[..16];

    private async Task<FencePartView> PartAsync(FenceCredentials credentials, FencePart part, CancellationToken cancellationToken)
    {
        var state = await _inspection.LookAsync(credentials.EnvironmentId, part, cancellationToken);
        return new FencePartView(
            part,
            state,
            credentials.NamesOf(part).Reader,
            credentials.Of(part) is not null,
            credentials.Maintain is not null,
            state?.Script is { } script ? Print(script) : null);
    }

    private async Task<WatchedEnvironment?> FindAsync(string environment, CancellationToken cancellationToken) =>
        (await _environments.ListAsync(cancellationToken)).FirstOrDefault(one => one.Name == environment);
}
