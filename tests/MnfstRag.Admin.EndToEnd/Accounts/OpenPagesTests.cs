using System.Net;
using Microsoft.Playwright;
using MnfstRag.Admin.Benchmarks.Circuits;
using MnfstRag.Admin.EndToEnd.Testing;
using MnfstRag.Testing;
using static Microsoft.Playwright.Assertions;

namespace MnfstRag.Admin.EndToEnd.Accounts;

/// <summary>How many pages one person may have open, with circuits as browsers make them.</summary>
[Collection(DashboardCollection.Name)]
public sealed class OpenPagesTests(DashboardFixture fixture)
{
    /// <summary>As the fixture has it.</summary>
    private const int Most = 20;

    private const int Wanted = 26;

    [BrowserFact]
    public async Task One_person_has_so_many_pages_open_and_no_more_and_nobody_else_is_the_worse_for_it()
    {
        await using var support = await fixture.SignInAsync(await fixture.SupportAsync());
        await support.GoToAsync("/health-check");
        var cookies = await CookiesAsync(support);
        var page = new Uri(fixture.Address, "/health-check");

        // At once: whoever asks for the page before the others have their seats gets it, and is refused at the circuit.
        var opened = await Task.WhenAll(Enumerable.Range(0, Wanted).Select(_ => OpenAsync(page, cookies)));
        var circuits = opened.OfType<CircuitClient>().ToList();
        try
        {
            // The support person's own tab has a seat too.
            Assert.Equal(Most - 1, circuits.Count(circuit => circuit.Fault is null));
            using var asking = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies });
            using var refused = await asking.GetAsync(page);
            Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
            Assert.Contains("You have 20 pages open", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            await using var administrator = await fixture.SignInAsync(fixture.Administrator);
            await administrator.GoToAsync("/connections");
        }
        finally
        {
            await Task.WhenAll(circuits.Select(circuit => circuit.DisposeAsync().AsTask()));
        }

        await Wait.UntilAsync(async over =>
        {
            if (await OpenAsync(page, cookies) is not { } again)
            {
                return false;
            }

            await again.DisposeAsync();
            return true;
        });
        await Expect(support.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Level = 1 })).ToBeVisibleAsync();
    }

    /// <summary>The circuit; null when it was refused.</summary>
    private static async Task<CircuitClient?> OpenAsync(Uri page, CookieContainer cookies)
    {
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
            return await CircuitClient.OpenAsync(page, cookies, cancellationToken: limit.Token);
        }
        catch (Exception refusal) when (refusal is HttpRequestException { StatusCode: HttpStatusCode.TooManyRequests } or InvalidDataException or Microsoft.AspNetCore.SignalR.HubException)
        {
            return null;
        }
    }

    private async Task<CookieContainer> CookiesAsync(Visitor visitor)
    {
        var cookies = new CookieContainer();
        foreach (var cookie in await visitor.Page.Context.CookiesAsync())
        {
            cookies.Add(fixture.Address, new System.Net.Cookie(cookie.Name, cookie.Value));
        }

        return cookies;
    }
}
