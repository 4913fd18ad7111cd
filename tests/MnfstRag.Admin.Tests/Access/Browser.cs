using System.Net;
using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace MnfstRag.Admin.Tests.Access;

/// <summary>Loads pages, fills in forms and keeps cookies; follows no redirect by itself.</summary>
public sealed class Browser(HttpMessageHandler handler, string address) : IDisposable
{
    private static readonly Uri Home = new("http://localhost/");
    private readonly HttpMessageInvoker _http = new(handler);

    public CookieContainer Cookies { get; } = new();

    public string? Cookie(string name) => Cookies.GetCookies(Home)[name]?.Value;

    public async Task<HttpResponseMessage> GetAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Home, path));
        return await SendAsync(request);
    }

    public async Task<IHtmlDocument> PageAsync(string path)
    {
        using var answer = await GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await ParseAsync(answer);
    }

    public static async Task<IHtmlDocument> ParseAsync(HttpResponseMessage answer) =>
        await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync());

    /// <summary>Loads the page, fills the fields of one of its forms, and sends it.</summary>
    public async Task<HttpResponseMessage> SubmitAsync(string path, string form, params (string Name, string Value)[] fields) =>
        await SubmitAsync(await PageAsync(path), path, form, fields);

    public async Task<HttpResponseMessage> SubmitAsync(IHtmlDocument page, string path, string form, params (string Name, string Value)[] fields)
    {
        var element = page.QuerySelectorAll<IHtmlFormElement>("form").Single(one => one.QuerySelector<IHtmlInputElement>("input[name=_handler]")?.Value == form);
        var values = element.QuerySelectorAll<IHtmlInputElement>("input")
            .Where(input => input.Name is { Length: > 0 } && (input.Type is not ("radio" or "checkbox") || input.IsChecked))
            .ToDictionary(input => input.Name!, input => input.Value, StringComparer.Ordinal);
        foreach (var (name, value) in fields)
        {
            values[name] = value;
        }

        // As a browser does with every form; passkeys are checked against it.
        return await PostAsync(path, values, origin: "http://localhost");
    }

    public async Task<HttpResponseMessage> PostAsync(string path, IEnumerable<KeyValuePair<string, string>> values, string? token = null, string? origin = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Home, path)) { Content = new FormUrlEncodedContent(values) };
        if (token is not null)
        {
            request.Headers.Add("RequestVerificationToken", token);
        }

        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        return await SendAsync(request);
    }

    /// <summary>The antiforgery token of a page's form.</summary>
    public async Task<string> TokenAsync(string path) =>
        (await PageAsync(path)).QuerySelector<IHtmlInputElement>("input[name=__RequestVerificationToken]")!.Value;

    public Task<HttpResponseMessage> SignInAsync(string name, string password, string query = "") =>
        SubmitAsync("/account/sign-in" + query, "password", ("Input.Name", name), ("Input.Password", password));

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
    {
        request.Headers.Add(AccessHost.AddressHeader, address);
        if (Cookies.GetCookieHeader(Home) is { Length: > 0 } cookies)
        {
            request.Headers.Add("Cookie", cookies);
        }

        var answer = await _http.SendAsync(request, CancellationToken.None);
        if (answer.Headers.TryGetValues("Set-Cookie", out var set))
        {
            foreach (var cookie in set)
            {
                Cookies.SetCookies(Home, cookie.Replace("; secure", "", StringComparison.OrdinalIgnoreCase));
            }
        }

        return answer;
    }
}
