using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Fencing;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Fencing;
using Npgsql;

namespace MnfstRag.Admin.Live.Fencing;

/// <summary>
/// Tries to get past an environment's fence, as one tenant against another, and keeps the evidence. The two tenants that have most are taken, so
/// that there is something to be seen. Singleton.
/// </summary>
internal sealed class FenceTesting(IEnvironmentStore environments, IFenceRecords records, FenceInspection inspection, TimeProvider clock)
{
    /// <summary>So many tenants are looked at to find two that have something.</summary>
    private const int MostTenants = 100;

    /// <summary>Makes the test and keeps it.</summary>
    /// <param name="environmentId">Where.</param>
    /// <param name="by">Who asked for it; null for the nightly one.</param>
    /// <param name="cancellationToken">Ends it; nothing is kept then.</param>
    public async Task<FenceTest> RunAsync(Guid environmentId, string? by, CancellationToken cancellationToken)
    {
        var test = await TestAsync(environmentId, by, cancellationToken);
        await records.KeepAsync(test, cancellationToken);
        return test;
    }

    private async Task<FenceTest> TestAsync(Guid environmentId, string? by, CancellationToken cancellationToken)
    {
        var began = clock.GetUtcNow();
        FenceTest Unproven(string words) => new(environmentId, began, by, FenceVerdict.NotProven, words, []);

        var credentials = await FenceCredentials.ReadAsync(environments, environmentId, cancellationToken);
        if (credentials.Fence is not { } fence || credentials.Watch is not { } watch)
        {
            return Unproven($"Nothing was tried: there is no {(credentials.Fence is null ? "fence" : "watch")} credential.");
        }

        if (await inspection.LookAsync(environmentId, FencePart.Tenants, cancellationToken) is not { Product: { } product } state || state.Standing is FenceStanding.Absent)
        {
            return Unproven("Nothing was tried: no fence was built, or the product's tables were not found.");
        }

        try
        {
            var names = credentials.NamesOf(FencePart.Tenants);
            if (await PairAsync(watch, names, cancellationToken) is not { } pair)
            {
                return Unproven("Nothing was tried: it takes two tenants, and there are not two.");
            }

            await using var reads = new TenantReads(fence, connections: 1, statementTimeout: TimeSpan.FromSeconds(20));
            var proof = await new FenceSelfTest(reads, names, product, clock).RunAsync(pair.Tenant, pair.Other, cancellationToken);
            return new FenceTest(environmentId, began, by, proof.Verdict, Words(proof), proof.Attempts);
        }
        catch (Exception fault) when (fault is NpgsqlException or IOException or TimeoutException)
        {
            return Unproven($"Nothing was tried. {ConnectionFault.From(fault, watch).Words}");
        }
    }

    private static async Task<(Guid Tenant, Guid Other)?> PairAsync(DatabaseUrl watch, FenceNames names, CancellationToken cancellationToken)
    {
        await using var oversight = new TenantOversight(watch, names);
        var tenants = await oversight.TenantsAsync(null, null, MostTenants, cancellationToken);
        var counts = await oversight.CountsAsync([.. tenants.Select(one => one.Id)], cancellationToken);
        // The other is the one with most: it is the one that is tried for.
        var most = counts.OrderByDescending(one => (one.Documents > 0 ? 1 : 0) + (one.Sessions > 0 ? 1 : 0) + (one.Users > 0 ? 1 : 0))
            .ThenByDescending(one => one.Documents + one.Sessions + one.Users)
            .Select(one => one.Id)
            .Take(2)
            .ToList();
        return most.Count == 2 ? (most[1], most[0]) : null;
    }

    private static string Words(FenceProof proof)
    {
        var (held, broken, open) = (Count(proof, FenceVerdict.Held), Count(proof, FenceVerdict.Broken), Count(proof, FenceVerdict.NotProven));
        return proof.Verdict switch
        {
            FenceVerdict.Broken => FormattableString.Invariant($"{broken} of {proof.Attempts.Count} attempts got through. Close the tenant area: remove the fence, or apply its script again and test again."),
            FenceVerdict.Held => FormattableString.Invariant($"All {held} attempts were held off."),
            _ => FormattableString.Invariant($"{held} attempts were held off, none got through, and {open} could not be tried. {proof.Fault}").TrimEnd(),
        };
    }

    private static int Count(FenceProof proof, FenceVerdict verdict) => proof.Attempts.Count(attempt => attempt.Verdict == verdict);
}
