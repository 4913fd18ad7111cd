namespace MnfstRag.Postgres.Checking;

/// <summary>An extension of this database.</summary>
/// <param name="Name">Name.</param>
/// <param name="Version">Version in this database (<c>pg_extension.extversion</c>).</param>
/// <param name="OnDisk">Version that the server would install; null when its files are gone.</param>
internal sealed record InstalledExtension(string Name, string Version, string? OnDisk);
