using System.Diagnostics;
using MnfstRag.Admin.Hosting;
using MnfstRag.Admin.Hosting.CommandLine;

namespace MnfstRag.Admin.Tests.Hosting.CommandLine;

/// <summary>The program's commands as its <c>Main</c> runs them, without a process of their own: those that need no settings of the environment.</summary>
internal static class CommandRun
{
    public static async Task<AdminProcess.Ended> RunAsync(params string[] arguments)
    {
        var began = Stopwatch.GetTimestamp();
        var pipe = new Pipe();
        var exit = await AdminCommandLine.TryRunAsync(arguments, pipe, CancellationToken.None);
        return new AdminProcess.Ended(exit ?? throw new InvalidOperationException("That is no command."), pipe.Output, pipe.Errors, Stopwatch.GetElapsedTime(began));
    }

    private sealed class Pipe : ITerminal
    {
        public string Output { get; private set; } = "";

        public string Errors { get; private set; } = "";

        public void Line(string text) => Output += text + "\n";

        public void Progress(string text) => Errors += text + "\n";

        public void Error(string text) => Errors += text + "\n";

        public string? ReadLine() => null;
    }
}
