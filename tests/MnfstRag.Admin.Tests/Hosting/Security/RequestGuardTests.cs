using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using MnfstRag.Admin.Hosting.Security;

namespace MnfstRag.Admin.Tests.Hosting.Security;

public sealed class RequestGuardTests : IAsyncLifetime
{
    private readonly WebApplication _app = Build();

    public async Task InitializeAsync() => await _app.StartAsync();

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Theory]
    [InlineData("GET", "/_blazor", "https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("GET", "/_blazor", "http://localhost", HttpStatusCode.OK)]
    [InlineData("GET", "/_blazor", "http://localhost:81", HttpStatusCode.Forbidden)]
    [InlineData("GET", "/_blazor", "https://localhost", HttpStatusCode.Forbidden)]
    [InlineData("GET", "/_blazor", "null", HttpStatusCode.Forbidden)]
    [InlineData("POST", "/account/sign-out", "https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("POST", "/account/sign-out", "http://localhost", HttpStatusCode.OK)]
    [InlineData("POST", "/account/sign-out", null, HttpStatusCode.OK)]
    [InlineData("GET", "/", "https://evil.example", HttpStatusCode.OK)]
    public async Task A_request_of_another_sites_page_neither_opens_a_circuit_nor_changes_anything(
        string method, string path, string? origin, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (origin is not null)
        {
            request.Headers.TryAddWithoutValidation("Origin", origin);
        }

        using var client = _app.GetTestClient();
        using var response = await client.SendAsync(request);

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task Every_response_carries_the_security_headers_and_a_page_is_never_kept()
    {
        using var client = _app.GetTestClient();
        using var response = await client.GetAsync(new Uri("/page", UriKind.Relative));

        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.True(response.Headers.CacheControl?.NoStore);
    }

    private static WebApplication Build()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        var app = builder.Build();
        app.UseSecurityHeaders();
        app.UseSameOrigin();
        app.MapGet("/page", () => Results.Content("<p>page</p>", "text/html"));
        app.MapFallback(() => "answer");
        return app;
    }
}
