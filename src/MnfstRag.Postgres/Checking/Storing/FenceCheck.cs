using MnfstRag.Postgres.Connecting;
using Npgsql;

namespace MnfstRag.Postgres.Checking;

/// <summary>Is the tenant fence installed? Whether it holds is proven by the dashboard's self-test, with credentials that its store keeps.</summary>
internal sealed class FenceCheck(IStoreKnowledge? store = null) : QueryCheck<FenceFacts>
{
    public override string Name => "fence";

    public override string Title => "The tenant fence holds";

    public override string Sql(Capabilities server) => "SELECT EXISTS (SELECT FROM pg_catalog.pg_namespace WHERE nspname = 'mnfst_admin')";

    public override async Task<FenceFacts> ReadAsync(NpgsqlDataReader rows, Capabilities server, CancellationToken cancellationToken)
    {
        await rows.ReadAsync(cancellationToken);
        return new(rows.GetBoolean(0));
    }

    protected override Task<CheckOutcome> ConcludeAsync(FenceFacts facts, CheckContext context, CancellationToken cancellationToken) =>
        facts.Installed && store is not null ? store.FenceAsync(cancellationToken) : base.ConcludeAsync(facts, context, cancellationToken);

    public override CheckOutcome Judge(FenceFacts facts, Capabilities server) => CheckOutcome.Skipped(facts.Installed
        ? "Schema mnfst_admin is here. Whether the fence holds needs the dashboard's store, which keeps its credential: the self-test proves it there."
        : $"No fence is installed in {server.Database} (there is no schema mnfst_admin), so there is nothing to test; the tenant area stays closed.");
}
