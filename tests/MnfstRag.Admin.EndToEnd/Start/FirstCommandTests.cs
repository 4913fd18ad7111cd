using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using MnfstRag.Admin.EndToEnd.Testing;
using MnfstRag.Testing;
using static Microsoft.Playwright.Assertions;

namespace MnfstRag.Admin.EndToEnd.Start;

/// <summary>The first command on an empty machine: two embedded servers, a sample database, a one-time password. No fixture: it starts and ends by itself.</summary>
public sealed partial class FirstCommandTests
{
    private const string NewPassword = "eleven patient otters float";

    [BrowserFact]
    public async Task The_first_command_brings_up_everything_and_leaves_nothing_behind()
    {
        var place = TestHome.NewDataDirectory("first-command");
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Embedded__Directory"] = place,
            ["Access__BcryptCost"] = "10",
        };
        var elsewhere = Directory.CreateTempSubdirectory("elsewhere-");
        await using var chromium = await Chromium.StartAsync();

        int[] servers;
        await using (var first = await DashboardProcess.StartAsync(settings, workingDirectory: elsewhere.FullName))
        {
            var said = await first.WhenSaidAsync(OneTimePassword());
            Assert.Contains(first.Address.AbsoluteUri.TrimEnd('/'), said, StringComparison.Ordinal);
            var password = OneTimePassword().Match(said).Groups["password"].Value;
            Assert.True(password.Length >= 20, $"'{password}' is short.");
            await FirstSignInAsync(chromium, first, password);
            servers = Postmasters(place);
            Assert.Equal(2, servers.Length);
            Assert.DoesNotContain("Exception", first.Output, StringComparison.Ordinal);

            Assert.Equal(0, await first.StopAsync());
            Assert.All(servers, server => Assert.False(Lives(server), "SIGTERM left a server running."));
        }

        await using (var killed = await DashboardProcess.StartAsync(settings, workingDirectory: elsewhere.FullName))
        {
            Assert.DoesNotMatch(OneTimePassword(), killed.Output);
            servers = Postmasters(place);
            await killed.KillAsync();
            Assert.All(servers, server => Assert.True(Lives(server), "A server ended with the killed dashboard."));
        }

        await using (var next = await DashboardProcess.StartAsync(settings, workingDirectory: elsewhere.FullName))
        {
            Assert.Equal(servers, Postmasters(place));
            Assert.Equal(0, await next.StopAsync());
        }

        Assert.All(servers, server => Assert.False(Lives(server), "An adopted server was left running."));
        Assert.Empty(Directory.EnumerateFileSystemEntries(elsewhere.FullName));
        elsewhere.Delete();
    }

    private static async Task FirstSignInAsync(Chromium chromium, DashboardProcess dashboard, string password)
    {
        await using var visitor = await Visitor.ArriveAsync(chromium.Browser, dashboard.Address);
        await visitor.EnterPasswordAsync(new Person("admin", password));

        // Nothing is shown before the password is one that only its owner knows.
        await visitor.Page.WaitForURLAsync(new Regex("/account/password", RegexOptions.None, TimeSpan.FromSeconds(1)));
        await visitor.ChoosePasswordAsync(NewPassword);
        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Overview", Level = 1 })).ToBeVisibleAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "development", Exact = true })).ToBeVisibleAsync();

        // The sample workload moves.
        await visitor.GoToAsync("/connections");
        await Expect(visitor.Page.GetByText("mnfst-rag-backend").First).ToBeVisibleAsync();
    }

    private static int[] Postmasters(string place)
        => [.. Directory.EnumerateFiles(place, "postmaster.pid", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(file => int.Parse(File.ReadLines(file).First(), CultureInfo.InvariantCulture))];

    // Where process 1 buries nobody, as in a plain container, a dead one stays as a zombie.
    private static bool Lives(int process)
    {
        var stat = $"/proc/{process.ToString(CultureInfo.InvariantCulture)}/stat";
        return File.Exists(stat) && !File.ReadAllText(stat).Contains(") Z ", StringComparison.Ordinal);
    }

    [GeneratedRegex("with the one-time password (?<password>\\S+)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OneTimePassword();
}
