namespace MnfstRag.Postgres.Checking;

/// <summary>Extensions as <c>pg_available_extensions</c> has them, and whether pg_stat_statements works (14–18).</summary>
/// <param name="Available">pg_stat_statements is on the server's disk.</param>
/// <param name="Preloaded">It is loaded: its settings exist, which holds for every role, while shared_preload_libraries is hidden from most.</param>
/// <param name="RestartPending">shared_preload_libraries was changed and the server not restarted; false when that is hidden.</param>
/// <param name="Installed">In this database: name, its version, and the version that the server has on disk (null: no longer there).</param>
internal sealed record ExtensionFacts(bool Available, bool Preloaded, bool RestartPending, IReadOnlyList<InstalledExtension> Installed);
