using System.Diagnostics;
using System.Net;
using MnfstRag.Admin.Benchmarks.Circuits;
using MnfstRag.Admin.Benchmarks.Measuring;
using MnfstRag.Admin.Benchmarks.Processes;
using MnfstRag.Admin.Benchmarks.Reporting;
using MnfstRag.Testing;

namespace MnfstRag.Admin.Benchmarks.Runs;

/// <summary>
/// The watched server hangs for five minutes (SIGSTOP of the postmaster and its children): whether pages go on answering, when they say
/// so, and whether threads or connections pile up meanwhile.
/// </summary>
internal sealed class HangRun : IRun
{
    private const int Pages = 10;
    private const double Responsive = 200;
    private const double Told = 3_500;
    private const double Healed = 3_500;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);

    public string Name => "hang";

    public TimeSpan Limit => TimeSpan.FromMinutes(8);

    public async Task MeasureAsync(Bench bench, RunResult result, CancellationToken cancellationToken)
    {
        await using var watched = await WatchedServer.StartAsync(cancellationToken);
        await using var dashboard = await Dashboard.StartAsync(watched, cancellationToken);
        var pages = new List<CircuitClient>();
        try
        {
            for (var page = 0; page < Pages; page++)
            {
                pages.Add(await CircuitClient.OpenAsync(dashboard.Page("/connections"), dashboard.Cookies, cancellationToken: cancellationToken));
            }

            using var http = new HttpClient(new SocketsHttpHandler { CookieContainer = dashboard.Cookies, AllowAutoRedirect = false });
            await Wait.UntilAsync(_ => IsHealthyAsync(http, dashboard));
            var before = await AnswersAsync(dashboard, http, pages, TimeSpan.FromSeconds(20), cancellationToken);
            Add(result, "server answers", before);

            var frozen = Stopwatch.GetTimestamp();
            var told = pages[0].WhenShown("notice-critical", cancellationToken);
            watched.Freeze();
            Answers during;
            try
            {
                during = await AnswersAsync(dashboard, http, pages, TimeSpan.FromSeconds(bench.Choose(300, 40)), cancellationToken);
            }
            finally
            {
                watched.Thaw();
            }

            var thawed = Stopwatch.GetTimestamp();
            await Wait.UntilAsync(_ => IsHealthyAsync(http, dashboard));
            var healed = Stopwatch.GetElapsedTime(thawed).TotalMilliseconds;
            Add(result, "server hangs", during);
            var said = told.IsCompletedSuccessfully ? Stopwatch.GetElapsedTime(frozen, await told).TotalMilliseconds : double.NaN;
            result.Add("server hangs: until a page says so", "ms", said);
            result.Add("server goes on: until its readings are fresh", "ms", healed);
            Judge(result, before, during, said, healed);
            result.Notes.Add($"{Pages} pages of one administrator on Connections. A click is a filter chosen in one of them, four a second, until its render batch is here; a page is the HTML that starts a circuit.");
        }
        finally
        {
            foreach (var page in pages)
            {
                await page.DisposeAsync();
            }
        }
    }

    private static void Judge(RunResult result, Answers before, Answers during, double said, double healed)
    {
        var (clicks, html) = (new Distribution(during.Clicks).P99, new Distribution(during.Html).P99);
        result.Goals.Add(new Goal($"while the server hangs a click is answered within {Responsive:0} ms, p99", $"{clicks:0} ms of {during.Clicks.Count} clicks; pages {html:0} ms of {during.Html.Count}", clicks < Responsive && html < Responsive));
        result.Goals.Add(new Goal($"a page says within {Told:0} ms that the server does not answer", $"{said:0} ms", said <= Told));
        var (threads, sockets) = (during.Late(load => load.Threads), during.Late(load => load.Sockets));
        var (early, open) = (during.Early(load => load.Threads), during.Early(load => load.Sockets));
        result.Goals.Add(new Goal(
            "neither threads nor connections grow while it hangs",
            $"threads {early} in the first fifth, {threads} in the last ({before.Late(load => load.Threads)} before); sockets {open} and {sockets} ({before.Late(load => load.Sockets)} before)",
            threads <= early + 3 && sockets <= open + 3));
        result.Goals.Add(new Goal($"readings are fresh {Healed:0} ms after it goes on", $"{healed:0} ms", healed <= Healed));
    }

    private static void Add(RunResult result, string when, Answers answers)
    {
        result.Add($"{when}: a click until its render is here", "ms", answers.Clicks);
        result.Add($"{when}: p99 of these", "ms", new Distribution(answers.Clicks).P99);
        result.Add($"{when}: a page", "ms", answers.Html);
        result.Add($"{when}: threads of the dashboard", "", [.. answers.Loads.Select(load => (double)load.Threads)]);
        result.Add($"{when}: its sockets", "", [.. answers.Loads.Select(load => (double)load.Sockets)]);
    }

    private static async Task<bool> IsHealthyAsync(HttpClient http, Dashboard dashboard)
    {
        using var answer = await http.GetAsync(new Uri(dashboard.Host.Address, "/health/database"));
        return answer.StatusCode == HttpStatusCode.OK;
    }

    private static async Task<Answers> AnswersAsync(Dashboard dashboard, HttpClient http, List<CircuitClient> pages, TimeSpan window, CancellationToken cancellationToken)
    {
        var answers = new Answers([], [], []);
        var began = Stopwatch.GetTimestamp();
        for (var turn = 0; Stopwatch.GetElapsedTime(began) < window; turn++)
        {
            var due = Pace * (turn + 1);
            var page = pages[turn % pages.Count];
            var text = $"word{Guid.NewGuid():n}";
            var shown = page.WhenShown(text, cancellationToken);
            var clicked = Stopwatch.GetTimestamp();
            await page.GoAsync(new Uri(dashboard.Page("/connections"), $"?environment={Dashboard.Environment}&find={text}"), cancellationToken);
            answers.Clicks.Add(Stopwatch.GetElapsedTime(clicked, await shown).TotalMilliseconds);
            if (turn % 4 == 0)
            {
                var asked = Stopwatch.GetTimestamp();
                _ = await http.GetStringAsync(dashboard.Page("/connections"), cancellationToken);
                answers.Html.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
            }

            if (turn % 20 == 0)
            {
                answers.Loads.Add(dashboard.Host.Load());
            }

            if (due - Stopwatch.GetElapsedTime(began) is var left && left > TimeSpan.Zero)
            {
                await Task.Delay(left, cancellationToken);
            }
        }

        return answers;
    }

    private sealed record Answers(List<double> Clicks, List<double> Html, List<ProcessLoad> Loads)
    {
        /// <summary>The most in the first fifth of the time.</summary>
        public int Early(Func<ProcessLoad, int> figure) => Loads.Take(Math.Max(2, Loads.Count / 5)).Max(figure);

        /// <summary>The most in the last fifth of the time.</summary>
        public int Late(Func<ProcessLoad, int> figure) => Loads.TakeLast(Math.Max(1, Loads.Count / 5)).Max(figure);
    }
}
