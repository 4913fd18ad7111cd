using Microsoft.AspNetCore.Components;
using MnfstRag.Admin.Components;

namespace MnfstRag.Admin.Features.Connections;

/// <summary>Sessions by application, user, client or database, with in-cell bars.</summary>
public sealed partial class Breakdown
{
    private const int Shown = 6;

    /// <summary>By what.</summary>
    [Parameter, EditorRequired]
    public SessionDimension Dimension { get; set; }

    /// <summary>Rows, the largest first.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<Share> Shares { get; set; } = [];

    /// <summary>The page's state, for links.</summary>
    [Parameter, EditorRequired]
    public ConnectionsState State { get; set; } = new();

    private string HeadingId => $"by-{Dimension}";

    private string? Chosen => State.Filter.Of(Dimension);

    private int Most => Shares.Count == 0 ? 1 : Shares[0].Count;

    private string Url(string? value) => (State with { Filter = State.Filter.With(Dimension, value), Session = null }).ToUrl();

    private static string Exact(Share share) => $"{Words.Plural(share.Count, "session")}, {share.InTransaction} idle in transaction, {share.Waiting} waiting on a lock";

    private static string Note(Share share) => (share.InTransaction, share.Waiting) switch
    {
        ( > 0, > 0) => $"{share.InTransaction} idle in transaction, {share.Waiting} waiting",
        ( > 0, _) => $"{share.InTransaction} idle in transaction",
        _ => $"{share.Waiting} waiting on a lock",
    };
}
