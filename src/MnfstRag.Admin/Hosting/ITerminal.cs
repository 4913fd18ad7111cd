namespace MnfstRag.Admin.Hosting;

/// <summary>What a person at the terminal reads: standard output and standard error, never the log.</summary>
public interface ITerminal
{
    /// <summary>Standard output is a terminal that shows colours: not a pipe, and NO_COLOR is not set.</summary>
    bool ShowsColour => false;

    /// <summary>Standard error is a terminal, so that a line of progress can replace the one before.</summary>
    bool ShowsProgress => false;

    /// <summary>A line on standard output.</summary>
    void Line(string text);

    /// <summary>What is being done now: replaces the line before on a terminal, a line of its own in a pipe. On standard error.</summary>
    void Progress(string text);

    /// <summary>A fault, on standard error.</summary>
    void Error(string text);

    /// <summary>One line of standard input without its line end, or null at its end.</summary>
    string? ReadLine();
}
