using Microsoft.EntityFrameworkCore;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Tenants;
using MnfstRag.Admin.Components.Charts;
using MnfstRag.Admin.Data.Tenants;

namespace MnfstRag.Admin.Features.Tenants;

/// <summary>How a tenant fares, in figures that show no content. Each panel is a transaction of its own: one that takes too long leaves the others. Scoped.</summary>
public sealed class TenantOverviewService(ITenantAccess tenants, TenantDatabases databases, TimeProvider clock)
{
    /// <summary>Stretches that may be looked at, in days.</summary>
    public static readonly IReadOnlyList<int> Stretches = [7, 30, 90, 365];

    /// <summary>Different errors that are grouped; what is rarer counts as another reason.</summary>
    private const int MostErrors = 2_000;

    /// <summary>All panels over the last <paramref name="days"/> days.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not count tenants.</exception>
    /// <exception cref="TenantNotFoundException">The tenant is not theirs, or not there.</exception>
    /// <exception cref="TenantAreaClosedException">The fence does not hold.</exception>
    public async Task<TenantOverview> ReadAsync(string? environment, Guid tenant, int days, CancellationToken cancellationToken = default)
    {
        var scope = await tenants.RequireAsync(Permissions.CountTenants, environment, tenant, cancellationToken);
        var now = clock.GetUtcNow();
        var first = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero).AddDays(1 - (Stretches.Contains(days) ? days : 30));
        return new TenantOverview(
            await PanelAsync(scope, StatesAsync, cancellationToken),
            await PanelAsync(scope, (context, token) => UploadsAsync(context, first, now, token), cancellationToken),
            await PanelAsync(scope, FailuresAsync, cancellationToken),
            await PanelAsync(scope, (context, token) => TimesAsync(context, first, token), cancellationToken),
            await PanelAsync(scope, StorageAsync, cancellationToken),
            await PanelAsync(scope, (context, token) => TalkAsync(context, first, now, token), cancellationToken),
            await PanelAsync(scope, (context, token) => ActiveAsync(context, first, token), cancellationToken));
    }

    private async Task<OverviewFigures<T>> PanelAsync<T>(TenantScope scope, Func<TenantContext, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return new(await databases.ReadAsync(scope.EnvironmentId, scope.OneTenant, read, cancellationToken), null);
        }
        catch (TenantUnavailableException fault)
        {
            return new(null, fault.Message);
        }
    }

    private static async Task<IReadOnlyDictionary<string, long>> StatesAsync(TenantContext context, CancellationToken cancellationToken)
    {
        var found = await context.Documents.GroupBy(one => one.Status).Select(group => new { group.Key, Count = group.LongCount() }).ToDictionaryAsync(one => one.Key, one => one.Count, cancellationToken);
        return DocumentStates.All.Union(found.Keys).ToDictionary(state => state, state => found.GetValueOrDefault(state), StringComparer.Ordinal);
    }

    private static async Task<IReadOnlyList<ChartPoint>> UploadsAsync(TenantContext context, DateTimeOffset first, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var days = await context.Database.SqlQuery<DayCount>($"""
            SELECT date_trunc('day', d.created_at, 'UTC') AS "Day", d.status AS "Kind", count(*) AS "Count"
            FROM mnfst_admin.documents AS d WHERE d.created_at >= {first} GROUP BY 1, 2
            """).ToListAsync(cancellationToken);
        return Points(days, first, now, DocumentStates.All);
    }

    private static async Task<IReadOnlyList<(FailureWords Kind, long Count)>> FailuresAsync(TenantContext context, CancellationToken cancellationToken)
    {
        var errors = await context.Database.SqlQuery<TextCount>($"""
            SELECT pg_catalog."left"(d.error, 2000) AS "Text", count(*) AS "Count" FROM mnfst_admin.documents AS d WHERE d.status = 'error'
            GROUP BY 1 ORDER BY 2 DESC LIMIT {MostErrors}
            """).ToListAsync(cancellationToken);
        return [.. errors.GroupBy(one => FailureWords.Of(one.Text)).Select(group => (group.Key, group.Sum(one => one.Count))).OrderByDescending(one => one.Item2)];
    }

    private static Task<ProcessingTimes> TimesAsync(TenantContext context, DateTimeOffset first, CancellationToken cancellationToken) => context.Database.SqlQuery<ProcessingTimes>($"""
        SELECT count(*) AS "Count",
          percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM d.processed_at - d.created_at)::float8) AS "Median",
          percentile_cont(0.95) WITHIN GROUP (ORDER BY extract(epoch FROM d.processed_at - d.created_at)::float8) AS "Slow"
        FROM mnfst_admin.documents AS d WHERE d.processed_at >= d.created_at AND d.created_at >= {first}
        """).SingleAsync(cancellationToken);

    private static async Task<IReadOnlyList<(string Type, long Count, long Bytes)>> StorageAsync(TenantContext context, CancellationToken cancellationToken)
    {
        var types = await context.Documents.GroupBy(one => one.MimeType).Select(group => new { group.Key, Count = group.LongCount(), Bytes = group.Sum(one => one.Size) })
            .OrderByDescending(one => one.Bytes).Take(100).ToListAsync(cancellationToken);
        return [.. types.Select(one => (one.Key, one.Count, one.Bytes))];
    }

    private static async Task<IReadOnlyList<ChartPoint>> TalkAsync(TenantContext context, DateTimeOffset first, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var sessions = await context.Database.SqlQuery<DayCount>($"""
            SELECT date_trunc('day', s.created_at, 'UTC') AS "Day", 'sessions' AS "Kind", count(*) AS "Count" FROM mnfst_admin.sessions AS s WHERE s.created_at >= {first} GROUP BY 1
            """).ToListAsync(cancellationToken);
        var messages = await context.Database.SqlQuery<DayCount>($"""
            SELECT date_trunc('day', m."timestamp", 'UTC') AS "Day", 'messages' AS "Kind", count(*) AS "Count" FROM mnfst_admin.messages AS m WHERE m."timestamp" >= {first} GROUP BY 1
            """).ToListAsync(cancellationToken);
        return Points([.. sessions, .. messages], first, now, ["sessions", "messages"]);
    }

    private static Task<ActiveUsers> ActiveAsync(TenantContext context, DateTimeOffset first, CancellationToken cancellationToken) => context.Database.SqlQuery<ActiveUsers>($"""
        SELECT (SELECT count(*) FROM mnfst_admin.users) AS "Users",
          (SELECT count(DISTINCT s.user_id) FROM mnfst_admin.sessions AS s WHERE s.updated_at >= {first}) AS "Talked",
          (SELECT count(*) FROM mnfst_admin.users AS u WHERE u.last_login >= {first}) AS "SignedIn"
        """).SingleAsync(cancellationToken);

    private static List<ChartPoint> Points(IReadOnlyList<DayCount> counts, DateTimeOffset first, DateTimeOffset now, IReadOnlyList<string> kinds)
    {
        var found = counts.GroupBy(one => (one.Day.UtcDateTime.Date, one.Kind)).ToDictionary(group => group.Key, group => group.Sum(one => one.Count));
        var points = new List<ChartPoint>();
        for (var day = first; day <= now; day = day.AddDays(1))
        {
            points.Add(new ChartPoint(day, [.. kinds.Select(kind => (double?)found.GetValueOrDefault((day.UtcDateTime.Date, kind)))]));
        }

        return points;
    }

    private sealed class DayCount
    {
        public DateTimeOffset Day { get; init; }

        public string Kind { get; init; } = "";

        public long Count { get; init; }
    }

    private sealed class TextCount
    {
        public string? Text { get; init; }

        public long Count { get; init; }
    }
}
