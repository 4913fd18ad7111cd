namespace MnfstRag.Admin.Components.Charts;

/// <summary>Paths of one run: the line, and the area under it.</summary>
internal sealed record SparklineRun(string Line, string Area);
