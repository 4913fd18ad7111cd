using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Fencing;
using Npgsql;

namespace MnfstRag.Testing;

/// <summary>
/// A database of the product, owned by a role that is no superuser, with roles of its own for the fence. The roles go with it.
/// </summary>
public sealed class Fenced : IAsyncDisposable
{
    private Fenced(TestDatabase database, TestRole maintainer, TestRole reader, TestRole overseer, FenceNames names) =>
        (Database, Maintainer, Reader, Overseer, Names) = (database, maintainer, reader, overseer, names);

    public TestDatabase Database { get; }

    public TestRole Maintainer { get; }

    public TestRole Reader { get; }

    /// <summary>As the watch credential's role: it looks over all tenants.</summary>
    public TestRole Overseer { get; }

    public FenceNames Names { get; }

    public DatabaseUrl Watch => DatabaseUrl.Parse(Database.ConnectionStringFor(Overseer)).Url!;

    public DatabaseUrl Maintain => DatabaseUrl.Parse(Database.ConnectionStringFor(Maintainer)).Url!;

    public DatabaseUrl Fence => DatabaseUrl.Parse(Database.ConnectionStringFor(Reader)).Url!;

    public FenceInspector Inspector => new(Fence, Names, TimeProvider.System);

    /// <summary>The product without a fence. The reader is there already, made by somebody else; the owner of the views is for the script to make.</summary>
    /// <param name="major">Of the server.</param>
    /// <param name="shape">Of the product.</param>
    /// <param name="ownNames">The fence's owner has a name of its own, so that many fences may stand on one server. Without, it is called as a dashboard calls it.</param>
    public static async Task<Fenced> ProductAsync(int major, ProductShape shape, bool ownNames = true) => await ProductAsync(await PostgresServers.GetAsync(major), shape, ownNames);

    /// <summary>The product with the fence in force, on a server of the test's own.</summary>
    public static async Task<Fenced> StartAsync(PostgresServer server, ProductShape shape) => await InForceAsync(await ProductAsync(server, shape, ownNames: true));

    private static async Task<Fenced> ProductAsync(PostgresServer server, ProductShape shape, bool ownNames)
    {
        var maintainer = await server.CreateRoleWithAsync("CREATEROLE");
        var reader = await server.CreateRoleAsync();
        var overseer = await server.CreateRoleAsync("pg_monitor");
        var database = await server.CreateDatabaseAsync(maintainer.Name);
        await database.ExecuteAsync("""
            DO $$ BEGIN CREATE ROLE authenticated NOLOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$
            """);
        var fenced = new Fenced(database, maintainer, reader, overseer, ownNames ? new FenceNames(reader.Name) { Owner = $"{reader.Name}_fence", Overseer = overseer.Name } : new FenceNames(reader.Name) { Overseer = overseer.Name });
        await using var owner = await database.OpenAsync(maintainer);
        await using var sample = new NpgsqlCommand(ProductSamples.Of(shape), owner);
        await sample.ExecuteNonQueryAsync();
        return fenced;
    }

    /// <summary>The product with the fence in force.</summary>
    /// <inheritdoc cref="ProductAsync(int, ProductShape, bool)" path="/param"/>
    public static async Task<Fenced> StartAsync(int major, ProductShape shape, bool ownNames = true) => await InForceAsync(await ProductAsync(major, shape, ownNames));

    private static async Task<Fenced> InForceAsync(Fenced fenced)
    {
        var applied = await fenced.ApplyAsync();
        return applied.Done == true ? fenced : throw new InvalidOperationException(applied.Words);
    }

    public async Task<FenceApplied> ApplyAsync()
    {
        var state = await Inspector.InspectAsync(CancellationToken.None);
        return await new FenceInstaller(Maintain, TimeProvider.System).ApplyAsync(state.Script ?? throw new InvalidOperationException(state.Words), CancellationToken.None);
    }

    public Task<FenceApplied> RemoveAsync() => new FenceInstaller(Maintain, TimeProvider.System).ApplyAsync(FenceScript.Remove(Names), CancellationToken.None);

    /// <summary>The self-test as tenant A against B, on one connection that all attempts share.</summary>
    public async Task<FenceProof> ProveAsync(Guid? other = null)
    {
        var product = (await Inspector.InspectAsync(CancellationToken.None)).Product!;
        await using var reads = new TenantReads(Fence, connections: 1);
        return await new FenceSelfTest(reads, Names, product, TimeProvider.System).RunAsync(ProductSamples.TenantA, other ?? ProductSamples.TenantB, CancellationToken.None);
    }

    /// <summary>A session of the reader, outside any pool.</summary>
    public async Task<NpgsqlConnection> OpenAsReaderAsync()
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Database.ConnectionStringFor(Reader)) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        foreach (var role in new[] { Names.Owner, Reader.Name, Overseer.Name, Maintainer.Name })
        {
            await Database.Server.ExecuteAsync($"DROP ROLE IF EXISTS \"{role}\"");
        }
    }
}
