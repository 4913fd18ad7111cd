using System.Globalization;
using System.Text;

namespace MnfstRag.Admin.Hosting.CommandLine;

/// <summary>Lets a library that wants a writer (help texts) write lines to the terminal.</summary>
internal sealed class TerminalWriter(ITerminal terminal) : StringWriter(CultureInfo.InvariantCulture)
{
    /// <inheritdoc />
    public override Encoding Encoding => Encoding.UTF8;

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing && GetStringBuilder().ToString().TrimEnd() is { Length: > 0 } text)
        {
            GetStringBuilder().Clear();
            terminal.Line(text);
        }

        base.Dispose(disposing);
    }
}
