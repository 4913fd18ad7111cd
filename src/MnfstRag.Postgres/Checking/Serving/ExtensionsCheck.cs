using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;
using Npgsql;

namespace MnfstRag.Postgres.Checking;

/// <summary>Is pg_stat_statements there, loaded and as new as the server? Is any extension older than the server's files?</summary>
internal sealed class ExtensionsCheck : QueryCheck<ExtensionFacts>
{
    private const string Statements = "pg_stat_statements";

    private const string Preload = "Add pg_stat_statements to shared_preload_libraries and restart the server";

    public override string Name => "extensions";

    public override string Title => "Extensions are installed and up to date";

    public override string Sql(Capabilities server) => """
        SELECT
            e.extname::text,
            e.extversion,
            a.default_version,
            EXISTS (SELECT FROM pg_catalog.pg_available_extensions WHERE name = 'pg_stat_statements'),
            EXISTS (SELECT FROM pg_catalog.pg_settings WHERE name = 'pg_stat_statements.max'),
            coalesce((SELECT pending_restart FROM pg_catalog.pg_settings WHERE name = 'shared_preload_libraries'), false)
        FROM (SELECT) AS one
        LEFT JOIN pg_catalog.pg_extension AS e ON true
        LEFT JOIN pg_catalog.pg_available_extensions AS a ON a.name = e.extname
        ORDER BY e.extname
        """;

    public override async Task<ExtensionFacts> ReadAsync(NpgsqlDataReader rows, Capabilities server, CancellationToken cancellationToken)
    {
        var installed = new List<InstalledExtension>();
        var facts = new ExtensionFacts(Available: false, Preloaded: false, RestartPending: false, installed);
        while (await rows.ReadAsync(cancellationToken))
        {
            if (rows.OptionalText(0) is { } name)
            {
                installed.Add(new(name, rows.GetString(1), rows.OptionalText(2)));
            }

            facts = facts with { Available = rows.GetBoolean(3), Preloaded = rows.GetBoolean(4), RestartPending = rows.GetBoolean(5) };
        }

        return facts;
    }

    public override CheckOutcome Judge(ExtensionFacts facts, Capabilities server)
    {
        var statements = StatementsOutcome(facts, server);
        var old = facts.Installed.Where(one => one.OnDisk is { } disk && disk != one.Version).ToList();
        if (old.Count == 0)
        {
            return statements;
        }

        var evidence = $"Older than the server's files: {PlainWords.Some([.. old.Select(one => $"{one.Name} {one.Version} (the server has {one.OnDisk})")])}.";
        var remedy = string.Join(" ", old.Select(one => $"ALTER EXTENSION {PlainWords.Quoted(one.Name)} UPDATE;"));
        return CheckOutcome.Warning($"{evidence} {statements.Evidence}", statements.Remedy.Length == 0 ? remedy : $"{statements.Remedy} {remedy}");
    }

    private static CheckOutcome StatementsOutcome(ExtensionFacts facts, Capabilities server)
    {
        var installed = facts.Installed.FirstOrDefault(one => one.Name == Statements);
        if (installed is not null && facts.Preloaded)
        {
            return CheckOutcome.Ok($"{Statements} {installed.Version} is installed and loaded; {PlainWords.Of(facts.Installed.Count, "extension")} in {server.Database}.");
        }

        var restart = facts.RestartPending ? "Restart the server: shared_preload_libraries was changed since it started" : Preload;
        return (installed, facts.Available, facts.Preloaded) switch
        {
            (null, false, _) => CheckOutcome.Warning(
                $"{Statements} is not on the server, so slow statements cannot be seen.", $"Install PostgreSQL's contrib package on the server. {Preload}, then: CREATE EXTENSION {Statements};"),
            (null, _, true) => CheckOutcome.Warning($"{Statements} is loaded but not installed in {server.Database}, so slow statements cannot be seen here.", $"In {server.Database}: CREATE EXTENSION {Statements};"),
            (null, _, _) => CheckOutcome.Warning($"{Statements} is neither loaded nor installed in {server.Database}, so slow statements cannot be seen.", $"{restart}, then in {server.Database}: CREATE EXTENSION {Statements};"),
            _ => CheckOutcome.Warning($"{Statements} {installed.Version} is installed but not loaded: reading it fails.", $"{restart}."),
        };
    }
}
