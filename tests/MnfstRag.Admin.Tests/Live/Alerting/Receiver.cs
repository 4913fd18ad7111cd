using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MnfstRag.Admin.Tests.Live.Alerting;

/// <summary>A webhook's receiver that takes, refuses or hangs, as a test says.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Receiver(WebApplication app) => _app = app;

    public string Url => $"{_app.Urls.Single()}/hook/secret-path";

    public ConcurrentQueue<(string Id, string Time, string Signature, string Body)> Taken { get; } = [];

    public int Asked;

    /// <summary>Status of the answer; 0 hangs.</summary>
    public int Status { get; set; } = 204;

    public static async Task<Receiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var receiver = new Receiver(builder.Build());
        receiver._app.MapPost("/hook/secret-path", receiver.TakeAsync);
        await receiver._app.StartAsync();
        return receiver;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        Interlocked.Increment(ref Asked);
        if (Status == 0)
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return;
        }

        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        if (Status < 300)
        {
            Taken.Enqueue((context.Request.Headers["X-Mnfst-Delivery"]!, context.Request.Headers["X-Mnfst-Timestamp"]!, context.Request.Headers["X-Mnfst-Signature"]!, body));
        }

        context.Response.StatusCode = Status;
        context.Response.Headers.Location = Status is >= 300 and < 400 ? "http://127.0.0.1:1/" : default(Microsoft.Extensions.Primitives.StringValues);
    }
}
