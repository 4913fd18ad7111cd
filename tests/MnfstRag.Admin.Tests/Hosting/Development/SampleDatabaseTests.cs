using Microsoft.Extensions.Configuration;
using MnfstRag.Admin.Hosting.Development;
using Npgsql;

namespace MnfstRag.Admin.Tests.Hosting.Development;

public sealed class SampleDatabaseTests(DevelopmentServersFixture development) : IClassFixture<DevelopmentServersFixture>
{
    [Theory]
    [InlineData("SELECT count(*) FROM tenants", 3)]
    [InlineData("SELECT count(*) FROM users", 40)]
    [InlineData("SELECT count(*) FROM documents", 2_000)]
    [InlineData("SELECT count(*) FROM sessions", 5_000)]
    [InlineData("SELECT count(*) FROM messages", 100_000)]
    [InlineData("SELECT count(DISTINCT status) FROM documents", 4)]
    [InlineData("SELECT count(DISTINCT tenant_id) FROM documents", 3)]
    [InlineData("SELECT count(DISTINCT role) FROM users", 3)]
    [InlineData("SELECT count(*) FROM users WHERE (tenant_id IS NULL) <> (role = 'SUPERADMIN')", 0)]
    [InlineData("SELECT count(*) FROM documents WHERE (status = 'ERROR') <> (error IS NOT NULL)", 0)]
    [InlineData("SELECT count(*) FROM documents WHERE (status = 'PROCESSED') <> (processed_at IS NOT NULL)", 0)]
    [InlineData("SELECT count(*) FROM messages WHERE timestamp > now() AT TIME ZONE 'UTC'", 0)]
    [InlineData("SELECT count(*) FROM users WHERE email <> lower(email) OR password_hash NOT LIKE '$2b$12$%'", 0)]
    public async Task It_has_the_rows_that_were_promised(string sql, long expected)
        => Assert.Equal(expected, await ScalarAsync(sql));

    [Theory]
    [InlineData("tenants", "id:uuid! created_at:timestamp updated_at:timestamp name:varchar! slug:varchar!")]
    [InlineData("users", "id:uuid! created_at:timestamp updated_at:timestamp email:varchar! name:varchar! role:userrole! tenant_id:uuid last_login:timestamp password_hash:varchar!")]
    [InlineData("documents", "id:uuid! created_at:timestamp updated_at:timestamp filename:varchar! original_name:varchar! size:int4! mime_type:varchar! status:documentstatus! processed_at:timestamp error:varchar tenant_id:uuid! user_id:uuid!")]
    [InlineData("chats", "id:uuid! created_at:timestamp updated_at:timestamp name:varchar! system_prompt:varchar tenant_id:uuid!")]
    [InlineData("sessions", "id:uuid! created_at:timestamp updated_at:timestamp title:varchar! user_id:uuid! chat_id:uuid!")]
    [InlineData("messages", "id:uuid! created_at:timestamp updated_at:timestamp content:varchar! role:messagerole! session_id:uuid! timestamp:timestamp!")]
    [InlineData("social_links", "id:uuid! created_at:timestamp updated_at:timestamp url:varchar! platform:socialplatform! tenant_id:uuid!")]
    [InlineData("alembic_version", "version_num:varchar!")]
    public async Task Its_columns_are_those_of_the_products_migrations(string table, string expected)
        => Assert.Equal(
            expected,
            await ScalarAsync(
                $"""
                SELECT string_agg(column_name || ':' || udt_name || CASE is_nullable WHEN 'NO' THEN '!' ELSE '' END, ' ' ORDER BY ordinal_position)
                FROM information_schema.columns
                WHERE table_schema = 'public' AND table_name = '{table}' AND column_default IS NULL
                """));

    [Fact]
    public async Task Its_indexes_are_those_of_the_products_migrations_duplicates_included()
        => Assert.Equal(
            "ix_chats_id(id) ix_chats_tenant_id(tenant_id) ix_documents_id(id) ix_documents_tenant_id(tenant_id) ix_documents_user_id(user_id) "
            + "ix_messages_id(id) ix_messages_session_id(session_id) ix_sessions_chat_id(chat_id) ix_sessions_id(id) ix_sessions_user_id(user_id) "
            + "ix_social_links_id(id) ix_social_links_tenant_id(tenant_id) ix_tenants_id(id) ix_tenants_slug(slug) ix_users_email(email) "
            + "ix_users_id(id) ix_users_tenant_id(tenant_id)",
            await ScalarAsync(
                """
                SELECT string_agg(relname || '(' || pg_get_indexdef(indexrelid, 1, true) || ')', ' ' ORDER BY relname)
                FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
                WHERE relname LIKE 'ix\_%' AND NOT indisunique AND indnatts = 1
                """));

    [Fact]
    public async Task Its_foreign_keys_are_those_of_the_products_migrations_and_documents_have_none()
        => Assert.Equal(
            "chats>tenants messages>sessions sessions>chats sessions>users users>tenants",
            await ScalarAsync(
                "SELECT string_agg(conrelid::regclass || '>' || confrelid::regclass, ' ' ORDER BY conrelid::regclass::text, confrelid::regclass::text) FROM pg_constraint WHERE contype = 'f'"));

    [Fact]
    public async Task Each_credential_may_do_its_own_work_and_no_more()
    {
        Assert.Equal("on t f", await AsAsync("Watch", "SELECT concat_ws(' ', current_setting('default_transaction_read_only'), pg_has_role('pg_monitor', 'USAGE'), has_table_privilege('messages', 'SELECT'))"));

        // Only an owner makes and drops indexes, and only who makes roles builds the tenants' fence: this one credential may both.
        Assert.Equal("t t t", await AsAsync("Maintain", "SELECT concat_ws(' ', pg_has_role('pg_signal_backend', 'USAGE'), pg_has_role('pg_maintain', 'USAGE'), has_table_privilege('messages', 'SELECT'))"));
        Assert.Equal("t", await AsAsync("Maintain", "SELECT CASE WHEN current_user = (SELECT string_agg(rolname, ',') FROM pg_roles WHERE rolname LIKE 'mnfst%' AND rolcreaterole) THEN 't' ELSE 'f' END"));
        Assert.Equal("f f", await AsAsync("Fence", "SELECT concat_ws(' ', has_table_privilege('messages', 'SELECT'), has_table_privilege('users', 'SELECT'))"));
        Assert.Equal("f f", await AsAsync("SignIn", "SELECT concat_ws(' ', has_table_privilege('messages', 'SELECT'), has_table_privilege('users', 'SELECT'))"));
        Assert.Equal(0L, await ScalarAsync("SELECT count(*) FROM pg_roles WHERE rolname LIKE 'mnfst%' AND (rolsuper OR rolcreatedb OR rolreplication OR rolbypassrls)"));
        Assert.Equal(0L, await ScalarAsync("SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tableowner <> 'mnfst_user'"));
        Assert.Equal("pg_stat_statements", await ScalarAsync("SELECT extname::text FROM pg_extension WHERE extname = 'pg_stat_statements'"));
    }

    [Fact]
    public async Task The_store_has_an_owner_for_migrations_and_a_role_of_daily_use()
    {
        await using var owner = NpgsqlDataSource.Create(development.Configuration.GetConnectionString("AdminMigrator")!);
        await using var runtime = NpgsqlDataSource.Create(development.Configuration.GetConnectionString("Admin")!);
        const string sql = "SELECT concat_ws(' ', current_user, current_database(), has_database_privilege(current_database(), 'CREATE'))";

        Assert.Equal("mnfst_admin_owner mnfst_admin t", await owner.CreateCommand(sql).ExecuteScalarAsync());
        Assert.Equal("mnfst_admin_app mnfst_admin f", await runtime.CreateCommand(sql).ExecuteScalarAsync());
    }

    private async Task<object?> AsAsync(string credential, string sql)
    {
        var url = new Uri(development.Configuration[$"Environments:development:{credential}"]!);
        var user = url.UserInfo.Split(':');
        await using var source = NpgsqlDataSource.Create(
            $"Host={url.Host};Port={url.Port};Database={url.AbsolutePath[1..]};Username={user[0]};Password={user[1]}");
        return await source.CreateCommand(sql).ExecuteScalarAsync();
    }

    private async Task<object?> ScalarAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(development.Servers.Watched!.ConnectionString("mnfst_rag"));
        return await source.CreateCommand(sql).ExecuteScalarAsync();
    }
}
