using MnfstRag.Admin.Hosting.Logging;
using Serilog.Events;
using Serilog.Parsing;

namespace MnfstRag.Admin.Tests.Hosting.Logging;

public sealed class PlainTextFormatterTests
{
    [Fact]
    public void A_value_can_neither_forge_a_line_nor_drive_the_terminal()
    {
        var line = Format("session of {Application}", new LogEventProperty("Application", new ScalarValue("evil\r\n12:00:00 info  all is well\u001b[2J")));

        Assert.Equal(1, line.Count(character => character == '\n'));
        Assert.DoesNotContain('\u001b', line);
        Assert.Contains("\\u000d\\u000a", line, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_tells_time_level_and_message() =>
        Assert.Equal("03:12:45.678 WARN  The store is slow" + Environment.NewLine, Format("The store is slow"));

    private static string Format(string template, params LogEventProperty[] properties)
    {
        using var output = new StringWriter();
        var at = new DateTimeOffset(2026, 11, 23, 3, 12, 45, 678, TimeSpan.Zero);
        new PlainTextFormatter().Format(
            new LogEvent(at, LogEventLevel.Warning, exception: null, new MessageTemplateParser().Parse(template), properties),
            output);
        return output.ToString();
    }
}
