using MnfstRag.Admin.EndToEnd.Testing;
using MnfstRag.Postgres.Fencing;
using MnfstRag.Testing;
using Npgsql;

namespace MnfstRag.Admin.EndToEnd.Tenants;

/// <summary>A dashboard that watches a fenced product, with content that means harm, and an administrator.</summary>
public sealed class TenantsFixture : IAsyncLifetime
{
    /// <summary>The environment.</summary>
    public const string Environment = "production";

    private TestDatabase? _store;
    private Fenced? _fenced;
    private DashboardProcess? _dashboard;
    private Chromium? _chromium;

    public Person Administrator { get; } = new("ada", "thirteen quiet herons wade");

    /// <summary>A tenant admin of the product, with a password whose hash libxcrypt made.</summary>
    public Person TenantAdmin { get; } = new("a1@example.org", "Tenant-admin-1");

    /// <summary>Another of the same tenant, who stays one.</summary>
    public Person SecondAdmin { get; } = new("a2@example.org", "Tenant-admin-1");

    /// <summary>The address and password of two accounts, one in each tenant.</summary>
    public Person Shared { get; } = new("shared@example.org", "Tenant-admin-1");

    public Fenced Fenced => _fenced!;

    public async Task InitializeAsync()
    {
        if (Chromium.Missing is not null)
        {
            return;
        }

        _store = await (await PostgresServers.GetAsync()).CreateDatabaseAsync();
        // Called as the dashboard calls it, which looks at it soon after its start: another owner would be another fence, and close the area.
        _fenced = await Fenced.StartAsync(PostgresVersions.Newest, ProductShape.Migrations, ownNames: false);
        await _fenced.Database.ExecuteAsync(Hostile);
        await _fenced.Database.ExecuteAsync($"UPDATE users SET password_hash = '{Hash}', role = 'TENANT_ADMIN' WHERE email IN ('{TenantAdmin.Name}', '{SecondAdmin.Name}')");
        await _fenced.Database.ExecuteAsync($"INSERT INTO users (id, email, name, role, tenant_id, password_hash) SELECT gen_random_uuid(), '{Shared.Name}', 'Shared', 'TENANT_ADMIN', id, '{Hash}' FROM tenants");
        var signIn = await LetProductUsersInAsync(_fenced);
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Embedded__Enabled"] = "false",
            ["ConnectionStrings__Admin"] = _store.ConnectionString,
            ["ConnectionStrings__AdminMigrator"] = _store.ConnectionString,
            [$"Environments__{Environment}__Watch"] = Url(_fenced.Overseer),
            [$"Environments__{Environment}__Maintain"] = Url(_fenced.Maintainer),
            [$"Environments__{Environment}__Fence"] = Url(_fenced.Reader),
            [$"Environments__{Environment}__SignIn"] = Url(signIn),
            ["Access__Revalidation"] = "00:00:02",
            ["Access__BcryptCost"] = "10",
            ["Access__AttemptsPerAddress"] = "10000",
            ["Access__AttemptsPerAccount"] = "10000",
        };
        _dashboard = await DashboardProcess.StartAsync(settings);
        await DashboardProcess.RunAsync(settings, Administrator.Password, "create-admin", "--name", Administrator.Name);
        await OpenAreaAsync();
        _chromium = await Chromium.StartAsync();
    }

    /// <summary>The administrator, or another person, at a fresh browser, signed in.</summary>
    public async Task<Visitor> SignInAsync(Screen? screen = null, Person? person = null)
    {
        var visitor = await ArriveAsync(screen);
        await visitor.SignInAsync(person ?? Administrator);
        return visitor;
    }

    /// <summary>Somebody at a fresh browser, not signed in.</summary>
    public Task<Visitor> ArriveAsync(Screen? screen = null) => Visitor.ArriveAsync(_chromium!.Browser, _dashboard!.Address, screen);

    public async Task DisposeAsync()
    {
        foreach (var part in new IAsyncDisposable?[] { _chromium, _dashboard, _fenced, _store })
        {
            if (part is not null)
            {
                await part.DisposeAsync();
            }
        }
    }

    // As the look at the fence keeps it, so that no test waits for the next look.
    private async Task OpenAreaAsync()
    {
        var state = await Fenced.Inspector.InspectAsync(CancellationToken.None);
        await using var connection = await _store!.OpenAsync();
        await using var keep = new NpgsqlCommand("""
            INSERT INTO admin.fence_states (environment_id, standing, words, as_of, built_at, built_by)
            SELECT id, $1, $2, now(), now(), 'test' FROM admin.environments WHERE name = $3
            ON CONFLICT (environment_id) DO UPDATE SET standing = excluded.standing, words = excluded.words, as_of = excluded.as_of
            """, connection)
        {
            Parameters = { new() { Value = state.Standing.ToString() }, new() { Value = state.Words }, new() { Value = Environment } },
        };
        Assert.Equal(1, await keep.ExecuteNonQueryAsync());
        await using var enable = new NpgsqlCommand("INSERT INTO admin.product_sign_ins (environment_id, enabled_at, enabled_by) SELECT id, now(), 'test' FROM admin.environments", connection);
        Assert.Equal(1, await enable.ExecuteNonQueryAsync());
    }

    /// <summary>The sign-in function, for a role of its own.</summary>
    private static async Task<TestRole> LetProductUsersInAsync(Fenced fenced)
    {
        var role = await fenced.Database.Server.CreateRoleAsync();
        var names = SignInScript.Names(role.Name);
        var state = await new SignInInspector(fenced.Maintain, names, TimeProvider.System).InspectAsync(CancellationToken.None);
        var applied = await new FenceInstaller(fenced.Maintain, TimeProvider.System).ApplyAsync(state.Script!, CancellationToken.None);
        return applied.Done == true ? role : throw new InvalidOperationException(applied.Words);
    }

    private string Url(TestRole role) => $"postgresql://{role.Name}:{role.Password}@127.0.0.1:{Fenced.Database.Server.Port}/{Fenced.Database.Name}?sslmode=disable";

    private const string Hash = "$2b$12$YeNCE/nzXibQouSROPpW5eTlFLd4dnTBrfAYzYjPEuQpT3kOlYGPi";

    private const string Hostile = """
        UPDATE documents SET original_name = '=cmd|''/C calc''!A0 <script>window.hit=1</script>.txt', error = 'Embedding failed: 429 ' || chr(27) || '[31m<img src=x onerror="window.hit=1">' WHERE id = md5('da2')::uuid;
        UPDATE users SET name = '<b>bold</b>' || chr(8238) || 'eman' WHERE id = md5('ua2')::uuid;
        UPDATE sessions SET title = '<script>window.hit=1</script>' WHERE id = md5('sa1')::uuid;
        INSERT INTO messages (id, content, role, session_id, timestamp) VALUES
          (md5('h1')::uuid, E'<script>window.hit=1</script>\n\n[press here](javascript:window.hit=1)\n\n<img src=x onerror="window.hit=1">', 'ASSISTANT', md5('sa1')::uuid, now() + interval '1 minute'),
          (md5('h2')::uuid, 'right' || chr(8238) || 'left zero' || chr(8203) || 'width esc' || chr(27) || '[31mred', 'USER', md5('sa1')::uuid, now() + interval '2 minutes'),
          (md5('h3')::uuid, E'## Answer\n\n1. first\n2. **second**\n\n```sql\nSELECT 1;\n```\n\n[manual](https://example.org/)', 'ASSISTANT', md5('sa1')::uuid, now() + interval '3 minutes'),
          (md5('h4')::uuid, 'ten megabytes ' || repeat('0123456789', 1048576), 'USER', md5('sa1')::uuid, now() + interval '4 minutes');
        """;
}
