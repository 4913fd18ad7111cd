using System.Text.Json;
using Microsoft.Extensions.Options;
using MnfstRag.Admin.Hosting.Probing;

namespace MnfstRag.Admin.Hosting.Health;

/// <summary><c>/health/database</c> and <c>/health/database/{environment}</c>, as the product's guide defines them.</summary>
internal static class DatabaseHealthEndpoints
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Maps both, unless they are switched off.</summary>
    public static void Map(WebApplication app)
    {
        var options = app.Services.GetRequiredService<IOptions<DatabaseHealthOptions>>().Value;
        if (options.Access == ProbeAccess.Off)
        {
            return;
        }

        var rule = new ProbeRule(
            options.Access == ProbeAccess.Token ? options.Token : null,
            options.Access == ProbeAccess.Networks ? ProbeRule.Read(options.Networks, out _) : []);
        app.MapGet("/health/database", (HttpContext context, DatabaseHealthReading reading) => Answer(context, reading, rule, null)).AllowAnonymous();
        app.MapGet("/health/database/{environment}", (HttpContext context, DatabaseHealthReading reading, string environment) => Answer(context, reading, rule, environment)).AllowAnonymous();
    }

    private static IResult Answer(HttpContext context, DatabaseHealthReading reading, ProbeRule rule, string? environment)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (rule.Refusal(context) is { } refusal)
        {
            return Results.Json(new { status = "refused" }, Json, statusCode: refusal);
        }

        if (reading.Find(environment) is not { } watch)
        {
            var reason = environment is null
                ? $"Several environments are watched, or none: ask /health/database/NAME, or set {DatabaseHealthOptions.Section}:{nameof(DatabaseHealthOptions.Environment)}."
                : "There is no environment of this name.";
            return Results.Json(new { status = "unknown", reason }, Json, statusCode: StatusCodes.Status404NotFound);
        }

        var health = reading.Of(watch);
        return Results.Json(health, Json, statusCode: health.IsHealthy ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}
