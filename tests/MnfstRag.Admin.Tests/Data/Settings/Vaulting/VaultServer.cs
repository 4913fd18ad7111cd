using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using MnfstRag.Admin.Data.Settings.Vaulting;

namespace MnfstRag.Admin.Tests.Data.Settings.Vaulting;

/// <summary>Speaks what is documented of Vault's HTTP API: AppRole sign-in, token renewal, a KV v2 engine at secret/. No Vault server is involved.</summary>
public sealed class VaultServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, byte> _tokens = new(StringComparer.Ordinal);

    private VaultServer(WebApplication app) => _app = app;

    public const string RoleId = "role-1";
    public const string SecretId = "s3cret-id-never-shown";

    public string Url => _app.Urls.Single();

    public VaultAddress Address => VaultAddress.TryParse(Url, RoleId, SecretId, out var address, out var fault) ? address : throw new InvalidOperationException(fault);

    public string HostAndPort => new Uri(Url).Authority;

    public List<string> Asked { get; } = [];

    /// <summary>Answers instead of Vault, for as long as it gives a status.</summary>
    public Func<string, (int Status, string Body)?> Instead { get; set; } = _ => null;

    public bool TakesAppRole { get; set; } = true;

    public bool MayRead { get; set; } = true;

    public bool MayWrite { get; set; } = true;

    public bool Renews { get; set; } = true;

    public bool Sealed { get; set; }

    public int LeaseSeconds { get; set; } = 900;

    public int Version { get; set; }

    public JsonObject? Data { get; set; }

    public static async Task<VaultServer> StartAsync(X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(certificate is null ? "http://127.0.0.1:0" : "https://127.0.0.1:0");
        if (certificate is not null)
        {
            builder.WebHost.UseKestrelHttpsConfiguration();
            builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureHttpsDefaults(https => https.ServerCertificate = certificate));
        }

        var server = new VaultServer(builder.Build());
        server._app.Run(server.AnswerAsync);
        await server._app.StartAsync();
        return server;
    }

    public void RevokeAll() => _tokens.Clear();

    public int Count(string what) => Asked.Count(one => one == what);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var what = $"{context.Request.Method} {context.Request.Path}";
        lock (Asked)
        {
            Asked.Add(what);
        }

        var body = context.Request.ContentLength > 0 || context.Request.Headers.TransferEncoding.Count > 0 ? await JsonNode.ParseAsync(context.Request.Body) : null;
        var (status, text) = Instead(what) ?? (Sealed ? Error(503, "Vault is sealed") : Answer(what, context.Request.Headers["X-Vault-Token"].ToString(), body));
        context.Response.StatusCode = status;
        await context.Response.WriteAsync(text);
    }

    private (int Status, string Body) Answer(string what, string token, JsonNode? body) => what switch
    {
        "POST /v1/auth/approle/login" => TakesAppRole && (string?)body!["role_id"] == RoleId && (string?)body["secret_id"] == SecretId ? Auth(Guid.NewGuid().ToString()) : Error(400, "invalid role or secret ID"),
        _ when !_tokens.ContainsKey(token) => Error(403, "permission denied"),
        "POST /v1/auth/token/renew-self" => Renews ? Auth(token) : Error(403, "permission denied"),
        "GET /v1/secret/data/database" => !MayRead ? Error(403, "permission denied")
            : Version == 0 ? (404, """{"errors":[]}""")
            : (Data is null ? 404 : 200, JsonSerializer.Serialize(new { data = new { data = Data, metadata = new { version = Version, destroyed = false } } })),
        "POST /v1/secret/data/database" => !MayWrite ? Error(403, "permission denied")
            : (int?)body!["options"]?["cas"] != Version ? Error(400, "check-and-set parameter did not match the current version")
            : Write(body),
        _ => Error(404, $"no handler for route \"{what}\". route entry not found."),
    };

    private (int Status, string Body) Write(JsonNode body)
    {
        (Version, Data) = (Version + 1, body["data"]!.DeepClone().AsObject());
        return (200, JsonSerializer.Serialize(new { data = new { version = Version } }));
    }

    private (int Status, string Body) Auth(string token)
    {
        _tokens[token] = 0;
        return (200, $$$"""{"auth":{"client_token":"{{{token}}}","lease_duration":{{{LeaseSeconds}}},"renewable":true}}""");
    }

    public static (int Status, string Body) Error(int status, string words) => (status, JsonSerializer.Serialize(new { errors = new[] { words } }));
}
