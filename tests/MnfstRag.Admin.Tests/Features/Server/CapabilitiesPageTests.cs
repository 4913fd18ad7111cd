using System.Reflection;
using System.Runtime.CompilerServices;
using Bunit;
using MnfstRag.Admin.Features.Server;
using MnfstRag.Admin.Live;
using MnfstRag.Postgres.Advising;
using MnfstRag.Postgres.Connecting;

namespace MnfstRag.Admin.Tests.Features.Server;

public sealed class CapabilitiesPageTests : ReadingPageContext, IClassFixture<ReadDatabase>
{
    private readonly ReadDatabase _database;

    public CapabilitiesPageTests(ReadDatabase database)
    {
        _database = database;
        Services.AddServer();
    }

    [Fact]
    public void Each_thing_that_can_be_watched_is_listed_once_with_its_state_reason_and_exact_cure()
    {
        var server = Bare();
        var page = Shown(server);
        var all = Availabilities.Of(Judgement.View(Snapshots.Live() with { Slow = _database.Read, Capabilities = server }));

        var items = page.FindAll(".capability");
        Assert.Equal(all.Count, items.Count);
        foreach (var one in all)
        {
            var item = Assert.Single(items, item => item.QuerySelector("h2")!.TextContent == one.Panel);
            Assert.Contains(one.State switch { AvailabilityState.Available => "available", AvailabilityState.Degraded => "in part", _ => "not available" }, item.TextContent, StringComparison.Ordinal);
            Assert.Contains(one.Why, item.TextContent, StringComparison.Ordinal);
            Assert.Contains(one.Cure ?? "", item.TextContent, StringComparison.Ordinal);
            Assert.Equal(one.Sql, item.QuerySelector("[data-copy]")?.GetAttribute("data-copy"));
            Assert.Equal(one.NeedsRestart, item.TextContent.Contains("when the server is restarted", StringComparison.Ordinal));
        }

        Assert.Contains(all, one => one is { Panel: Panels.QueryTexts, NeedsRestart: true });
        Assert.Contains(all, one => one is { Panel: Panels.Sessions, Sql: "GRANT pg_monitor TO \"watcher\";" });
    }

    [Fact]
    public void What_is_missing_stands_first_and_the_sentence_counts_it()
    {
        var page = Shown(Bare());
        var states = page.FindAll(".capability .capability-name").Select(name => name.TextContent).ToList();

        Assert.EndsWith("not available", states[0].Trim(), StringComparison.Ordinal);
        Assert.DoesNotContain(states.SkipWhile(state => !state.Trim().EndsWith("  available", StringComparison.Ordinal)), state => state.Contains("in part", StringComparison.Ordinal));
        Assert.Contains("things that the dashboard can watch are there in full", page.Find(".shape-lead").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_thing_that_can_be_watched_is_also_told_where_it_would_be_shown()
    {
        var features = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "../../../../src/MnfstRag.Admin/Features"));
        var text = string.Concat(Directory.EnumerateFiles(features, "*.*", SearchOption.AllDirectories)
            .Where(file => file.EndsWith(".razor", StringComparison.Ordinal) || file.EndsWith(".cs", StringComparison.Ordinal))
            .Select(File.ReadAllText));

        // Statements have an availability of their own, which the page of queries asks for itself.
        var told = typeof(Panels).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => field.Name).Where(name => name != nameof(Panels.Statements));
        Assert.All(told, name => Assert.Contains($"{nameof(Panels)}.{name}", text, StringComparison.Ordinal));
        Assert.Contains("StatementsAvailability.Of", text, StringComparison.Ordinal);
    }

    private IRenderedComponent<CapabilitiesPage> Shown(Capabilities server) => Show<CapabilitiesPage>("/server/capabilities?environment=production", _database.Read, server, ".capability");

    /// <summary>What a role without any right sees of a server of before 16.</summary>
    private Capabilities Bare() => _database.Server with
    {
        VersionNumber = 150008,
        Version = "15.8",
        Role = "watcher",
        ReadsAllStats = false,
        ReadsAllSettings = false,
        TrackActivityQuerySize = 1024,
    };

    private static string Here([CallerFilePath] string path = "") => path;
}
