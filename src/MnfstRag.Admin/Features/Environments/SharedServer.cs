using System.Globalization;
using MnfstRag.Postgres.Pooling;
using MnfstRag.Postgres.Validating;

namespace MnfstRag.Admin.Features.Environments;

/// <summary>What the backends of other environments may open on the same server: each may fit by itself, and all together not.</summary>
internal static class SharedServer
{
    private const string Rule = "live-budget-shared";
    private static readonly string[] Keys = ["DB_POOL_SIZE", "DB_MAX_OVERFLOW"];

    /// <summary>A warning for each key involved where all together do not fit; a note where they do; nothing where nobody shares the server.</summary>
    public static IReadOnlyList<Finding> Judge(EnvironmentSettings settings, ConnectionBudget budget, IReadOnlyList<EnvironmentSettings> others, Func<string, PoolPlan?> plan)
    {
        var sharing = others.Where(other => Shares(settings, other)).Select(other => (other.Name, Most: Most(other, plan(other.Name)))).ToList();
        if (sharing.Count == 0 || budget.IsUnlimited)
        {
            return [];
        }

        var names = string.Join(", ", sharing.Select(other => string.Create(CultureInfo.InvariantCulture, $"{other.Name} ({(other.Most is { } most ? $"{most}" : "any number")})")));
        var together = sharing.Any(other => other.Most is null) ? (long?)null : budget.Needed + sharing.Sum(other => other.Most!.Value);
        var message = string.Create(CultureInfo.InvariantCulture, $"The same server serves {names}: with {budget.Needed} of these settings they may open {(together is { } all ? $"{all}" : "any number of")} connections together, and the server can give {Math.Max(0, budget.Available)} beyond those that others hold now.");
        return together <= budget.Available
            ? [new("DB_POOL_SIZE", Rule, FindingLevel.Note, message, "")]
            : [.. Keys.Select(key => new Finding(key, Rule, FindingLevel.Warning, message, "Lower the pools of all of them until they fit together, or let a pooler stand between."))];
    }

    private static bool Shares(EnvironmentSettings settings, EnvironmentSettings other) =>
        settings.Url is { IsMonitorable: true } mine && other.Url is { IsMonitorable: true } theirs
        && mine.Hosts.Any(host => theirs.Hosts.Any(one => string.Equals(one.ToString(), host.ToString(), StringComparison.OrdinalIgnoreCase)));

    /// <summary>Connections that it may open at once; null without limit, or where its numbers cannot be read.</summary>
    private static long? Most(EnvironmentSettings other, PoolPlan? known) =>
        other.PoolNumbers is ({ } size, { } overflow) ? new PoolPlan(size, overflow, known?.Workers ?? 1, known?.Instances ?? 1).Most : null;
}
