using MnfstRag.Admin.Hosting;
using MnfstRag.Admin.Hosting.CommandLine;

namespace MnfstRag.Admin.Tests.Hosting.CommandLine;

public sealed class AdminCommandLineTests
{
    private readonly Lines terminal = new();

    [Theory]
    [InlineData]
    [InlineData("--urls=http://localhost:5000")]
    [InlineData("--urls", "http://localhost:5000")]
    [InlineData("/urls=http://localhost:5000")]
    [InlineData("Embedded:Enabled=false")]
    public async Task Settings_run_the_dashboard(params string[] args) => Assert.Null(await RunAsync(args));

    [Theory]
    [InlineData("There is no command diagnos.", "diagnos")]
    [InlineData("There is no command (not shown).", "postgresql://u:geheim@h/d")]
    public async Task A_mistyped_command_does_not_run_the_dashboard(string words, params string[] args)
    {
        Assert.Equal(64, await RunAsync(args));
        Assert.Contains(words, terminal.Errors, StringComparison.Ordinal);
        Assert.Contains("diagnose", terminal.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", terminal.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    public async Task Help_names_the_commands(string help)
    {
        Assert.Equal(0, await RunAsync(help));
        Assert.Contains("diagnose", terminal.Output, StringComparison.Ordinal);
    }

    private Task<int?> RunAsync(params string[] args) => AdminCommandLine.TryRunAsync(args, terminal, CancellationToken.None);

    private sealed class Lines : ITerminal
    {
        public string Output { get; private set; } = "";

        public string Errors { get; private set; } = "";

        public void Line(string text) => Output += text + "\n";

        public void Progress(string text) => throw new InvalidOperationException("Nothing is to be told here.");

        public void Error(string text) => Errors += text + "\n";

        public string? ReadLine() => null;
    }
}
