using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using MnfstRag.Testing;

namespace MnfstRag.Admin.Tests.Hosting.Telemetry;

/// <summary>Takes what is sent by OTLP over HTTP and keeps its bytes: names and texts stand in protobuf as they are.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, string> _bodies = new(StringComparer.Ordinal);
    private readonly WebApplication _app;

    private Collector(WebApplication app, Uri address) => (_app, Address) = (app, address);

    public Uri Address { get; }

    public static async Task<Collector> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        var address = new Uri($"http://127.0.0.1:{FreePort.Find()}");
        builder.WebHost.UseUrls(address.ToString());
        var app = builder.Build();
        var collector = new Collector(app, address);
        app.Run(collector.TakeAsync);
        await app.StartAsync();
        return collector;
    }

    /// <summary>Everything of a signal so far: "/v1/traces", "/v1/metrics", "/v1/logs".</summary>
    public string Of(string path) => _bodies.GetValueOrDefault(path, "");

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var text = Encoding.Latin1.GetString(body.ToArray());
        _bodies.AddOrUpdate(context.Request.Path.Value!, text, (_, before) => before + text);
    }
}
