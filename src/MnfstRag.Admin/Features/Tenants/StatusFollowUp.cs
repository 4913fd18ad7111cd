namespace MnfstRag.Admin.Features.Tenants;

/// <summary>What became of documents whose status was set.</summary>
/// <param name="MovedOn">The product has taken them up: their status is another one by now.</param>
/// <param name="Waiting">They still have the status that was set.</param>
/// <param name="Failed">Of those that moved on: failed again.</param>
/// <param name="Since">Time since the status was set.</param>
public sealed record StatusFollowUp(int MovedOn, int Waiting, int Failed, TimeSpan Since)
{
    /// <summary>After so long a product that works has taken them up.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
}
