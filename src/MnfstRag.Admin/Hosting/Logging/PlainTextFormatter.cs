using System.Globalization;
using Serilog.Events;
using Serilog.Formatting;

namespace MnfstRag.Admin.Hosting.Logging;

/// <summary>Time, level and message on one line. Control characters are escaped, so that no value can forge a line or drive the terminal.</summary>
public sealed class PlainTextFormatter : ITextFormatter
{
    /// <inheritdoc />
    public void Format(LogEvent logEvent, TextWriter output)
    {
        output.Write(logEvent.Timestamp.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture));
        output.Write(' ');
        output.Write(Short(logEvent.Level));
        output.Write(' ');
        foreach (var character in logEvent.RenderMessage(CultureInfo.InvariantCulture))
        {
            if (char.IsControl(character))
            {
                output.Write($"\\u{(int)character:x4}");
            }
            else
            {
                output.Write(character);
            }
        }

        output.WriteLine();
        if (logEvent.Exception is { } exception)
        {
            output.WriteLine(exception);
        }
    }

    private static string Short(LogEventLevel level) => level switch
    {
        LogEventLevel.Verbose => "trace",
        LogEventLevel.Debug => "debug",
        LogEventLevel.Information => "info ",
        LogEventLevel.Warning => "WARN ",
        LogEventLevel.Error => "ERROR",
        _ => "FATAL",
    };
}
