using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Fencing;
using MnfstRag.Testing;

namespace MnfstRag.Admin.Tests.Access.ProductUsers;

/// <summary>A database of the product with two tenants and the sign-in function, and the configuration of an environment that has it.</summary>
internal sealed class ProductSite : IAsyncDisposable
{
    /// <summary>Made by libxcrypt's bcrypt (crypt(3)), not by ours: of <see cref="Password"/>.</summary>
    public const string Hash = "$2b$12$YeNCE/nzXibQouSROPpW5eTlFLd4dnTBrfAYzYjPEuQpT3kOlYGPi";
    public const string Password = "Tenant-admin-1";

    /// <summary>The same of <see cref="CheapPassword"/>, cheap, for tests that sign in often.</summary>
    public const string CheapHash = "$2b$04$Zz0Zz0Zz0Zz0Zz0Zz0Zz0uOQ41HiuklqLY7IYE2qgBASSEKSqqgqi";
    public const string CheapPassword = "Anna-of-acme-1";

    public static readonly Guid Acme = new("a0000000-0000-4000-8000-00000000000a");
    public static readonly Guid Bolt = new("b0000000-0000-4000-8000-00000000000b");

    private readonly TestRole _owner;
    private readonly TestRole _signIn;
    private readonly FenceNames _names;
    private readonly ProductShape _shape;

    private ProductSite(TestDatabase database, TestRole owner, TestRole signIn, ProductShape shape) =>
        (Database, _owner, _signIn, _shape, _names) = (database, owner, signIn, shape, SignInScript.Names(signIn.Name) with { Owner = $"{signIn.Name}_owner" });

    public TestDatabase Database { get; }

    public string SignIn => Database.ConnectionStringFor(_signIn);

    public static async Task<ProductSite> StartAsync(int? major = null, ProductShape shape = ProductShape.Migrations)
    {
        var server = await PostgresServers.GetAsync(major ?? PostgresVersions.Newest);
        var owner = await server.CreateRoleWithAsync("CREATEROLE");
        var site = new ProductSite(await server.CreateDatabaseAsync(owner.Name), owner, await server.CreateRoleAsync(), shape);
        await using (var connection = await site.Database.OpenAsync(owner))
        {
            await using var command = new Npgsql.NpgsqlCommand(shape == ProductShape.Migrations ? Migrations : Guide, connection);
            await command.ExecuteNonQueryAsync();
        }

        var url = DatabaseUrl.Parse(site.Database.ConnectionStringFor(owner)).Url!;
        var state = await new SignInInspector(url, site._names, TimeProvider.System).InspectAsync(CancellationToken.None);
        var applied = await new FenceInstaller(url, TimeProvider.System).ApplyAsync(state.Script!, CancellationToken.None);
        Assert.True(applied.Done, applied.Words);
        return site;
    }

    /// <summary>Configuration of an environment of that name whose sign-in credential is this database's.</summary>
    public (string Key, string? Value) As(string environment) => ($"Environments:{environment}:SignIn", SignIn);

    public async Task<Guid> AddAsync(string address, string role, Guid? tenant, string hash = CheapHash, Guid? id = null)
    {
        var user = id ?? Guid.NewGuid();
        var word = _shape == ProductShape.Migrations ? $"'{role.ToUpperInvariant()}'::userrole" : $"'{role}'";
        await Database.ExecuteAsync($"INSERT INTO users (id, email, name, role, tenant_id, password_hash) VALUES ('{user}', '{address}', 'somebody', {word}, {(tenant is { } one ? $"'{one}'" : "NULL")}, '{hash}')");
        return user;
    }

    /// <summary>Every row of users, told by one figure: signing in writes none of them.</summary>
    public Task<string?> RowsAsync() => Database.ScalarAsync<string>("SELECT md5(string_agg(u::text || u.xmin::text, ',' ORDER BY u.id)) FROM users u");

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        foreach (var role in new[] { _names.Owner, _signIn.Name, _owner.Name })
        {
            await Database.Server.ExecuteAsync($"DROP ROLE IF EXISTS \"{role}\"");
        }
    }

    private const string Tenants = "INSERT INTO tenants (id, name, slug) VALUES ('a0000000-0000-4000-8000-00000000000a', 'Acme', 'acme'), ('b0000000-0000-4000-8000-00000000000b', 'Bolt', 'bolt');";

    // Without foreign keys and with the columns that are looked for: what signing in needs of either shape.
    private const string Rest = """
        CREATE TABLE documents (id uuid PRIMARY KEY, filename text, original_name text, size bigint, mime_type text, status text, processed_at timestamptz, error text, tenant_id uuid, user_id uuid, created_at timestamptz, updated_at timestamptz);
        CREATE TABLE sessions (id uuid PRIMARY KEY, title text, user_id uuid, created_at timestamptz, updated_at timestamptz);
        CREATE TABLE messages (id uuid PRIMARY KEY, content text, role text, session_id uuid, timestamp timestamptz, created_at timestamptz, updated_at timestamptz);
        """;

    private const string Migrations = $"""
        CREATE TYPE userrole AS ENUM ('SUPERADMIN', 'TENANT_ADMIN', 'USER');
        CREATE TABLE tenants (id uuid PRIMARY KEY, created_at timestamp, updated_at timestamp, name varchar NOT NULL, slug varchar NOT NULL);
        CREATE TABLE users (id uuid PRIMARY KEY, created_at timestamp, updated_at timestamp, email varchar NOT NULL, name varchar NOT NULL, role userrole NOT NULL, tenant_id uuid REFERENCES tenants (id), last_login timestamp, password_hash varchar NOT NULL);
        CREATE INDEX ix_users_email ON users (email);
        {Rest}
        {Tenants}
        """;

    private const string Guide = $"""
        CREATE TABLE tenants (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), name varchar(255) NOT NULL, slug varchar(100) UNIQUE NOT NULL, created_at timestamptz DEFAULT now(), updated_at timestamptz DEFAULT now());
        CREATE TABLE users (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), email varchar(255) NOT NULL, name varchar(255) NOT NULL, role varchar(50) NOT NULL CHECK (role IN ('superadmin', 'tenant_admin', 'user')),
          tenant_id uuid REFERENCES tenants (id), last_login timestamptz, created_at timestamptz DEFAULT now(), updated_at timestamptz DEFAULT now(), password_hash text);
        ALTER TABLE users ENABLE ROW LEVEL SECURITY;
        {Rest}
        {Tenants}
        """;
}
