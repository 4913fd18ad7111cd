using Microsoft.Net.Http.Headers;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Sessions;
using MnfstRag.Admin.Data;

namespace MnfstRag.Admin.Features.Health;

/// <summary>Reports as files. The service asks for the permission and writes the audit row; nothing is kept by a cache.</summary>
public static class HealthReportEndpoints
{
    /// <summary>Where a report is: <c>…/{run}.html</c> and <c>…/{run}.md</c>, with <c>?hosts=short</c>.</summary>
    public const string Path = "/health-check/reports";

    /// <summary>Maps both forms. Comes after MapAccess, which signs callers in.</summary>
    public static WebApplication MapHealthReports(this WebApplication app)
    {
        app.MapGet(Path + "/{run:guid}.html", (HttpContext context, HealthCheckService checks, Guid run, string? hosts) => AnswerAsync(context, checks, run, HealthReportForm.Html, hosts))
            .RequireAuthorization(Permissions.CheckHealth);
        app.MapGet(Path + "/{run:guid}.md", (HttpContext context, HealthCheckService checks, Guid run, string? hosts) => AnswerAsync(context, checks, run, HealthReportForm.Markdown, hosts))
            .RequireAuthorization(Permissions.CheckHealth);
        return app;
    }

    /// <summary>Address of a run's report.</summary>
    internal static string Of(Guid run, HealthReportForm form, bool shortHosts) =>
        $"{Path}/{run}.{(form == HealthReportForm.Html ? "html" : "md")}{(shortHosts ? "?hosts=short" : "")}";

    private static async Task<IResult> AnswerAsync(HttpContext context, HealthCheckService checks, Guid run, HealthReportForm form, string? hosts)
    {
        context.TellServices();
        try
        {
            if (await checks.ReportAsync(run, form, hosts == "short", context.RequestAborted) is not { } file)
            {
                return Results.Text("This run is not kept any more. Run the checks again.", statusCode: StatusCodes.Status404NotFound);
            }

            context.Response.Headers.CacheControl = "no-store";
            context.Response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileNameStar = file.Name, FileName = file.Name }.ToString();
            return Results.Text(file.Text, file.ContentType);
        }
        catch (PermissionDeniedException)
        {
            return Results.Text("You may not make health reports. An administrator can give you the role of support.", statusCode: StatusCodes.Status403Forbidden);
        }
        catch (StoreUnavailableException fault)
        {
            return Results.Text($"No report was made, because it could not be written down. {fault.Message}", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }
}
