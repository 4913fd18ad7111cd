using System.Net.Mime;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Sessions;
using MnfstRag.Admin.Access.Tenants;
using MnfstRag.Admin.Data.Tenants;

namespace MnfstRag.Admin.Features.Tenants;

/// <summary>Gives out what <see cref="Downloads"/> holds: permission and tenant are asked again, at this moment.</summary>
internal static class DownloadEndpoint
{
    public static async Task ServeAsync(string ticket, HttpContext http, ITenantAccess tenants, Downloads downloads, ILogger<Downloads> logger)
    {
        http.TellServices();
        if (downloads.Take(ticket) is not { } file)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        try
        {
            var scope = await tenants.RequireAsync(file.Permission, file.Environment, file.Tenant, http.RequestAborted);
            if (scope.Caller.UserId != file.UserId)
            {
                http.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
            }
        }
        catch (Exception refused) when (refused is PermissionDeniedException or TenantNotFoundException or TenantAreaClosedException)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        http.Response.ContentType = file.ContentType;
        http.Response.Headers.ContentDisposition = new ContentDisposition { FileName = file.Name, DispositionType = DispositionTypeNames.Attachment }.ToString();
        http.Response.Headers.CacheControl = "no-store";
        try
        {
            await file.Write(http.Response.Body, http.RequestAborted);
        }
        catch (Exception fault) when (fault is TenantUnavailableException or OperationCanceledException or IOException)
        {
            // The head is out: only a broken connection tells the browser that this is not the whole file.
            TenantsLog.DownloadEnded(logger, file.Tenant, file.Environment, fault);
            http.Abort();
        }
    }
}
