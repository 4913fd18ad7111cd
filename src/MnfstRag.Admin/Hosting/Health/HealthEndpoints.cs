using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MnfstRag.Admin.Hosting.Health;

/// <summary>What an orchestrator asks. No sign-in, no secrets, no stack traces.</summary>
public static class HealthEndpoints
{
    /// <summary>Tag of the checks that decide readiness.</summary>
    public const string ReadyTag = "ready";

    /// <summary>
    /// <c>/health/live</c>: 200 while the process answers. <c>/health/ready</c>: 200 once the store is migrated and a first
    /// snapshot exists, 503 before and when either is lost.
    /// </summary>
    public static WebApplication MapHealth(this WebApplication app)
    {
        Map(app, "/health/live", _ => false, ("live", "not live"));
        Map(app, "/health/ready", check => check.Tags.Contains(ReadyTag), ("ready", "not ready"));
        DatabaseHealthEndpoints.Map(app);
        return app;
    }

    private static void Map(WebApplication app, string path, Func<HealthCheckRegistration, bool> which, (string Good, string Bad) words) =>
        app.MapHealthChecks(path, new HealthCheckOptions
        {
            Predicate = which,
            ResponseWriter = (context, report) => WriteAsync(context, report, words),
        }).AllowAnonymous();

    private static Task WriteAsync(HttpContext context, HealthReport report, (string Good, string Bad) words) =>
        context.Response.WriteAsJsonAsync(
            new
            {
                status = report.Status == HealthStatus.Healthy ? words.Good : words.Bad,
                checks = report.Entries.ToDictionary(
                    entry => entry.Key,
                    entry => new { ok = entry.Value.Status == HealthStatus.Healthy, entry.Value.Description },
                    StringComparer.Ordinal),
            },
            context.RequestAborted);
}
