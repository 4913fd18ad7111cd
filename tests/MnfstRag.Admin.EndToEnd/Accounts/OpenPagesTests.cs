using System.Net;
using MnfstRag.Admin.Benchmarks.Circuits;
using MnfstRag.Admin.EndToEnd.Testing;
using MnfstRag.Testing;

namespace MnfstRag.Admin.EndToEnd.Accounts;

/// <summary>How many pages one person may have open, with circuits as browsers make them.</summary>
[Collection(DashboardCollection.Name)]
public sealed class OpenPagesTests(DashboardFixture fixture)
{
    /// <summary>As the fixture has it.</summary>
    private const int Most = 20;

    private const int Racing = 4;

    [BrowserFact]
    public async Task One_person_has_so_many_pages_open_and_no_more_and_nobody_else_is_the_worse_for_it()
    {
        var support = await fixture.SupportAsync();
        var cookies = await CookiesAsync(support);
        var page = new Uri(fixture.Address, "/health-check");
        var circuits = new List<CircuitClient>();
        try
        {
            while (circuits.Count < Most - Racing && await OpenAsync(page, cookies) is { } circuit)
            {
                circuits.Add(circuit);
            }

            // At once: whoever gets the page before the others have their seats is refused at the circuit, which just ends.
            var raced = await Task.WhenAll(Enumerable.Range(0, Racing * 3).Select(_ => OpenAsync(page, cookies)));
            circuits.AddRange(raced.OfType<CircuitClient>());
            Assert.InRange(circuits.Count, Most - Racing, Most);
            while (circuits.Count < Most && await OpenAsync(page, cookies) is { } circuit)
            {
                circuits.Add(circuit);
            }

            using var asking = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies });
            using var refused = await asking.GetAsync(page);
            Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
            Assert.Contains("You have 20 pages open", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            await using var administrator = await fixture.SignInAsync(fixture.Administrator);
            await administrator.GoToAsync("/connections");

            // Gone without a goodbye, as when a network fails: the framework keeps such circuits for minutes, their seats come back at once.
            await Task.WhenAll(circuits.Select(circuit => circuit.DropAsync().AsTask()));
            await Wait.UntilAsync(async _ =>
            {
                if (await OpenAsync(page, cookies) is not { } fresh)
                {
                    return false;
                }

                circuits.Add(fresh);
                return circuits.Count == Most + 3;
            });
        }
        finally
        {
            await Task.WhenAll(circuits.Select(circuit => circuit.DisposeAsync().AsTask()));
        }

        await using var again = await fixture.SignInAsync(support);
        await again.GoToAsync("/health-check");
    }

    /// <summary>The circuit; null when it was refused.</summary>
    private static async Task<CircuitClient?> OpenAsync(Uri page, CookieContainer cookies)
    {
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(15));
            return await CircuitClient.OpenAsync(page, cookies, cancellationToken: limit.Token);
        }
        catch (Exception refusal) when (refusal is HttpRequestException { StatusCode: HttpStatusCode.TooManyRequests } or InvalidDataException or Microsoft.AspNetCore.SignalR.HubException or OperationCanceledException)
        {
            return null;
        }
    }

    private async Task<CookieContainer> CookiesAsync(Person person)
    {
        await using var visitor = await fixture.SignInAsync(person);
        var cookies = new CookieContainer();
        foreach (var cookie in await visitor.Page.Context.CookiesAsync())
        {
            cookies.Add(fixture.Address, new System.Net.Cookie(cookie.Name, cookie.Value));
        }

        return cookies;
    }
}
