namespace MnfstRag.Postgres.Watching;

/// <summary>A line of the server's files that it cannot apply (<c>pg_file_settings.error</c>, 14–18).</summary>
/// <param name="File">Path on the server.</param>
/// <param name="Line">Line in it.</param>
/// <param name="Name">The setting; null when the line could not be read at all.</param>
/// <param name="Error">Why, in the server's words.</param>
public sealed record SettingsFileFault(string File, int Line, string? Name, string Error);
