using MnfstRag.Postgres.Connecting;

namespace MnfstRag.Postgres.Checking;

/// <summary>Is the product's schema there, and at one migration?</summary>
internal sealed class MigrationsCheck : ICheck
{
    public string Name => "migrations";

    public string Title => "The schema is at one migration";

    public string? Needs => CheckNames.SignIn;

    public async Task<CheckOutcome> RunAsync(CheckContext context, CancellationToken cancellationToken)
    {
        var (facts, unread) = await context.ReadAsync(MigrationTableReader.Instance, cancellationToken);
        if (facts is null)
        {
            return unread!;
        }

        if (facts is { Table: { } table, Readable: true })
        {
            (var versions, unread) = await context.ReadAsync(new MigrationVersionsReader(table), cancellationToken);
            if (versions is null)
            {
                return unread!;
            }

            facts = facts with { Versions = versions };
        }

        return Judge(facts, context.Server);
    }

    /// <summary>The rule. Which revision is the newest stands in the product's own code, so it is not judged.</summary>
    public static CheckOutcome Judge(MigrationFacts facts, Capabilities server) => facts switch
    {
        { Table: null, ProductTables: 0 } => CheckOutcome.Warning(
            $"Database {server.Database} has neither alembic_version nor the product's tables.", "Check the database's name in the address; a new database wants the product's migrations (alembic upgrade head)."),
        { Table: null } => CheckOutcome.Warning(
            $"{PlainWords.Of(facts.ProductTables, "product table")}, but no alembic_version: which migration the schema is at is unknown.",
            "Where the schema was made by hand from the schema guide this is expected; else stamp it (alembic stamp) with the product's own tool."),
        { Readable: false } => CheckOutcome.Skipped($"{server.Role} may not read {facts.Table}.", Grants.Select("", facts.Table, server)),
        { Versions: [], Filtered: true } => CheckOutcome.Skipped($"{server.Role} sees no row of {facts.Table}, and row level security filters it.", $"Add a policy that lets {PlainWords.Quoted(server.Role)} read it."),
        { Versions: [] } => CheckOutcome.Failing($"{facts.Table} is empty: no migration has been completed.", "Run the product's migrations (alembic upgrade head), or stamp the schema if it is complete."),
        { Versions: [var version] } => CheckOutcome.Ok($"{facts.Table} is at {version}. Whether that is the newest is known to the product's code alone."),
        _ => CheckOutcome.Warning($"{facts.Table} has {PlainWords.Of(facts.Versions.Count, "row")}: {PlainWords.Some(facts.Versions)}.", "Two migrations branched: merge the heads in the product (alembic merge heads) and upgrade."),
    };
}
