namespace MnfstRag.Admin.Hosting;

/// <summary>The process cannot start, for a reason a person can mend. The message is the one sentence they read.</summary>
public sealed class StartupException(string message, Exception? inner = null) : Exception(message, inner);
