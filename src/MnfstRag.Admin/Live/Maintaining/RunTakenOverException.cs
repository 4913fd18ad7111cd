namespace MnfstRag.Admin.Live.Maintaining;

/// <summary>Another instance of the dashboard has taken the run over: this one may not go on with it.</summary>
internal sealed class RunTakenOverException() : Exception("Another instance of the dashboard has taken this run over; it finds out what was done.");
