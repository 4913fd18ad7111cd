namespace MnfstRag.Admin.Data.Settings.Applying;

/// <summary>What became of writing a .env file.</summary>
/// <param name="Backup">Name of the file that holds what stood there before; null when nothing did, or nothing was written.</param>
/// <param name="Fault">Why nothing was written, in words; null when it was, and was read back.</param>
public sealed record EnvFileApplied(string? Backup, string? Fault);
