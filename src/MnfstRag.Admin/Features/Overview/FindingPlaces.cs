using MnfstRag.Admin.Components.Layout;

namespace MnfstRag.Admin.Features.Overview;

/// <summary>Where a finding can be looked at: the page that shows its object.</summary>
public static class FindingPlaces
{
    private static readonly IReadOnlyList<(string Rule, string Path, string Words)> Known =
    [
        ("connections.limit", "/connections", "See who holds them"),
        ("connections.idle-in-transaction", "/connections?state=idle-in-transaction&sort=stateTime&desc=1", "See these sessions"),
        ("locks.blocked", "/connections#locks", "See the lock tree"),
        ("transactions.long", "/connections?sort=transactionTime&desc=1", "See the transaction"),
        ("role.hidden", "/connections?state=hidden", "See what is hidden"),
        ("pools.", "/pools", "See the pools"),
        ("index", "/indexes", "See the indexes"),
        ("table", "/tables", "See the tables"),
        ("vacuum", "/tables", "See the tables"),
        ("sequence", "/tables", "See the tables"),
        ("horizon", "/tables", "See the tables"),
        ("wraparound", "/tables", "See the tables"),
        ("statement", "/queries", "See the statements"),
        ("settings", "/server", "See the settings"),
        ("checkpoint", "/server", "See the server"),
        ("wal", "/server", "See the server"),
        ("slot", "/server", "See the server"),
        ("archiver", "/server", "See the server"),
        ("replication", "/server", "See the server"),
    ];

    /// <summary>Path, without the environment, and the words of the link; null when no page shows more than the finding itself.</summary>
    public static (string Path, string Words)? Of(string rule)
    {
        foreach (var place in Known)
        {
            if (rule.StartsWith(place.Rule, StringComparison.Ordinal) && NavPages.All.Any(page => page.Path == place.Path.Split('?', '#')[0]))
            {
                return (place.Path, place.Words);
            }
        }

        return null;
    }
}
