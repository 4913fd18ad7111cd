namespace MnfstRag.Admin.Features.Tenants;

/// <summary>What a panel of the overview shows, or why it shows nothing.</summary>
/// <param name="Value">The figures; null when they could not be had.</param>
/// <param name="Fault">Why, in words.</param>
public sealed record OverviewFigures<T>(T? Value, string? Fault)
    where T : class;
