using System.Globalization;
using MnfstRag.Postgres.Advising;

namespace MnfstRag.Postgres.Validating;

/// <summary>Draws up the connection budget of one server or pooler, and says what it means for each key involved.</summary>
internal sealed class BudgetJudge(LiveTarget target, EnvironmentSettings settings, LiveOptions options)
{
    private const string Rule = "live-budget";
    private const double Full = 0.8;
    private static readonly string[] Keys = ["DB_POOL_SIZE", "DB_MAX_OVERFLOW"];

    private readonly int _workers = Math.Max(1, options.Workers ?? settings.Workers ?? 1);
    private readonly int _addresses = Math.Max(1, LiveValidator.AddressesOn(settings, target));

    private int Processes => _workers * Math.Max(1, options.Engines) * Math.Max(1, options.Instances) * _addresses;

    /// <summary>Against a server's own limits; null where size or overflow is no number.</summary>
    public ConnectionBudget? Of(ServerFacts facts)
    {
        if (settings.PoolNumbers is not ({ } size, { } overflow))
        {
            return null;
        }

        var sharing = options.Others.Select(other => (Other: other, Most: other.MostOn(target))).Where(one => one.Most != 0).ToList();
        // What they may open at most is counted; what they hold now is a part of that.
        var held = facts.Backends.Where(backend => sharing.Exists(one => IsOf(backend, one.Other))).Sum(backend => backend.Count);
        var others = Math.Max(0, facts.OtherSessions - held);
        var available = new[]
        {
            facts.MaxConnections - facts.ReservedConnections - others - Sum(sharing),
            facts.RoleLimit < 0 ? int.MaxValue : facts.RoleLimit - Sum(sharing.Where(one => one.Other.Settings.Url?.User == target.Url.User)),
            facts.DatabaseLimit < 0 ? int.MaxValue : facts.DatabaseLimit - Sum(sharing.Where(one => one.Other.Settings.Url?.Database == target.Url.Database)),
        }.Min();
        return new ConnectionBudget(size, overflow, Processes, (int)Math.Max(int.MinValue, available))
        {
            Place = target.ToString(),
            Limit = facts.MaxConnections,
            Reserved = facts.ReservedConnections,
            OtherSessions = others,
            DashboardSessions = facts.DashboardSessions,
            Shares = [.. sharing.Select(one => new BudgetShare(one.Other.Settings.Name, one.Most))],
        };
    }

    /// <summary>Against what a pooler gives; null where size or overflow is no number.</summary>
    public ConnectionBudget? Of(PoolerAllowance allowance) => settings.PoolNumbers is ({ } size, { } overflow)
        ? new ConnectionBudget(size, overflow, Processes, allowance.Connections) { Place = target.ToString(), Limit = allowance.Connections, IsPooler = true }
        : null;

    /// <summary>What a server's budget means.</summary>
    public IEnumerable<Finding> Judge(ConnectionBudget budget, ServerFacts facts)
    {
        var shares = budget.Shares.Count == 0 ? "" : $" − {string.Join(" − ", budget.Shares.Select(share => share.Most is { } most ? Text($"{most} that {share.Environment} may open") : $"any number that {share.Environment} may open"))}";
        return
        [
            .. Judge(budget, Text($"max_connections {facts.MaxConnections} − {facts.ReservedConnections} reserved − {Plain.Count(budget.OtherSessions, "session")} of others{shares}{(facts.RoleLimit >= 0 ? Text($"; the role's limit is {facts.RoleLimit}") : "")}{(facts.DatabaseLimit >= 0 ? Text($"; the database's limit is {facts.DatabaseLimit}") : "")}")),
            .. from share in budget.Shares
               where share.Most is null
               from key in Keys
               select Finding.Warning(key, "live-budget-shared", $"The pool of {share.Environment} has no limit, and it is on the same server: it may take every connection that these settings count on.", $"Give {share.Environment} a pool with a limit."),
        ];
    }

    /// <summary>What a budget means, with the sum that leads to it.</summary>
    public IReadOnlyList<Finding> Judge(ConnectionBudget budget, string sum)
    {
        var demand = budget.IsUnlimited
            ? "The pool is unlimited"
            : Text($"The backend may open {budget.Needed} connections ({budget.PoolSize} + {budget.MaxOverflow}, × {Plain.Count(_workers, "worker")} × {Plain.Count(Math.Max(1, options.Engines), "engine")} × {Plain.Count(Math.Max(1, options.Instances), "instance")}{(_addresses > 1 ? Text($" × {_addresses} addresses that lead there") : "")})");
        var message = $"{demand}, and {target} has {Text($"{Math.Max(0, budget.Available)}")} for it ({sum}).";
        var remedy = budget.SafeMaximum is var (size, overflow) && budget.SafeMaximum is not null
            ? Text($"At most DB_POOL_SIZE={size} and DB_MAX_OVERFLOW={overflow} fit.")
            : $"Not one connection for each process fits: fewer workers, fewer sessions of others, {(budget.Shares.Count > 0 ? "a smaller pool of the other environments, " : "")}or a higher limit.";
        return budget.IsExceeded ? [.. Keys.Select(key => Finding.Error(key, Rule, message, remedy))]
            : budget.Needed > budget.Available * Full ? [.. Keys.Select(key => Finding.Warning(key, Rule, message, $"Leave some for people and maintenance. {remedy}"))]
            : [Finding.Note(Keys[0], Rule, message)];
    }

    private static bool IsOf(BackendSessions backend, OtherBackend other) =>
        other.Settings.Url is { } url && url.User == backend.Role && (string.IsNullOrEmpty(url.Database) ? url.User : url.Database) == backend.Database;

    private static long Sum(IEnumerable<(OtherBackend Other, long? Most)> sharing) => sharing.Sum(one => one.Most ?? 0);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
