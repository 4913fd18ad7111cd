using System.Globalization;
using Npgsql;
using static MnfstRag.Admin.Hosting.Development.Workload.Statements;

namespace MnfstRag.Admin.Hosting.Development.Workload;

/// <summary>A report that runs for seconds. It mostly sleeps, so that it is seen without being felt.</summary>
internal sealed class UsageReport : IWorkloadActor
{
    private readonly Random random = new(400);

    public TimeSpan NextPause() => TimeSpan.FromMilliseconds(random.Next(6000, 15_000));

    public Task ActAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
        => RunAsync(
            source,
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                SELECT tenants.slug, count(sessions.id) AS sessions
                FROM (SELECT pg_sleep({1 + random.NextDouble() * 3:0.0})) AS throttle, tenants
                JOIN users ON users.tenant_id = tenants.id
                JOIN sessions ON sessions.user_id = users.id
                WHERE sessions.created_at > now() AT TIME ZONE 'UTC' - interval '30 days'
                GROUP BY tenants.slug ORDER BY sessions DESC
                """),
            cancellationToken);
}
