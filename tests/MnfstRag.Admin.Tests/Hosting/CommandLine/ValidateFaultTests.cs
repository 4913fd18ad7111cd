using MnfstRag.Admin.Hosting;
using MnfstRag.Admin.Hosting.CommandLine;

namespace MnfstRag.Admin.Tests.Hosting.CommandLine;

/// <summary><c>validate</c> when something inside it breaks: a clock that does stands for any.</summary>
public sealed class ValidateFaultTests : IDisposable
{
    private const string Secret = "Zk39xkPq77sLmQ2v";
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData]
    [InlineData("--json")]
    public async Task A_fault_inside_ends_with_70_leaves_standard_output_empty_and_repeats_nothing(params string[] more)
    {
        await File.WriteAllTextAsync(_file, $"DATABASE_URL=postgresql://u:{Secret}@127.0.0.1:1/d\n");
        var terminal = new TwoStreams();

        var ended = await ValidateCommand.Create(terminal, new BrokenClock()).Parse(["--file", _file, "--environment", "production", "--live", .. more]).InvokeAsync();

        Assert.Equal(70, ended);
        Assert.Equal("", terminal.Output);
        Assert.Contains(nameof(ArithmeticException), terminal.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, terminal.Errors, StringComparison.Ordinal);
    }

    private sealed class BrokenClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => throw Broken();

        public override long GetTimestamp() => throw Broken();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => throw Broken();

        private static ArithmeticException Broken() => new($"It said {Secret}.");
    }

    private sealed class TwoStreams : ITerminal
    {
        public string Output { get; private set; } = "";

        public string Errors { get; private set; } = "";

        public void Line(string text) => Output += text + "\n";

        public void Progress(string text) => Errors += text + "\n";

        public void Error(string text) => Errors += text + "\n";

        public string? ReadLine() => null;
    }
}
