using MnfstRag.Postgres.Fencing;

namespace MnfstRag.Testing;

/// <summary>The product's two schemas with two tenants of the same making, A and B, and what belongs to neither.</summary>
public static class ProductSamples
{
    public static readonly Guid TenantA = new("a0000000-0000-4000-8000-000000000001");

    public static readonly Guid TenantB = new("b0000000-0000-4000-8000-000000000001");

    /// <summary>A word that only B's messages and documents have.</summary>
    public const string WordOfB = "heliotrope";

    public static string Of(ProductShape shape) => shape == ProductShape.Migrations ? Migrations : Guide;

    private const string Migrations = $"""
        CREATE TYPE userrole AS ENUM ('SUPERADMIN', 'TENANT_ADMIN', 'USER');
        CREATE TYPE documentstatus AS ENUM ('UPLOADED', 'PROCESSING', 'PROCESSED', 'ERROR');
        CREATE TYPE messagerole AS ENUM ('USER', 'ASSISTANT');
        CREATE TYPE socialplatform AS ENUM ('TWITTER', 'FACEBOOK', 'LINKEDIN', 'INSTAGRAM', 'YOUTUBE', 'OTHER');
        CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY);
        CREATE TABLE tenants (id uuid PRIMARY KEY, created_at timestamp, updated_at timestamp, name varchar NOT NULL, slug varchar NOT NULL);
        CREATE TABLE users (id uuid PRIMARY KEY, created_at timestamp, updated_at timestamp, email varchar NOT NULL, name varchar NOT NULL, role userrole NOT NULL,
          tenant_id uuid REFERENCES tenants (id), last_login timestamp, password_hash varchar NOT NULL);
        CREATE TABLE documents (id uuid PRIMARY KEY, created_at timestamp, updated_at timestamp, filename varchar NOT NULL, original_name varchar NOT NULL, size integer NOT NULL,
          mime_type varchar NOT NULL, status documentstatus NOT NULL, processed_at timestamp, error varchar, tenant_id uuid NOT NULL, user_id uuid NOT NULL);
        CREATE TABLE chats (id uuid PRIMARY KEY, created_at timestamp, updated_at timestamp, name varchar NOT NULL, system_prompt varchar, tenant_id uuid NOT NULL REFERENCES tenants (id));
        CREATE TABLE sessions (id uuid PRIMARY KEY, created_at timestamp, updated_at timestamp, title varchar NOT NULL, user_id uuid NOT NULL REFERENCES users (id), chat_id uuid NOT NULL REFERENCES chats (id));
        CREATE TABLE messages (id uuid PRIMARY KEY, created_at timestamp, updated_at timestamp, content varchar NOT NULL, role messagerole NOT NULL, session_id uuid NOT NULL REFERENCES sessions (id), timestamp timestamp NOT NULL);
        CREATE TABLE social_links (id uuid PRIMARY KEY, created_at timestamp, updated_at timestamp, url varchar NOT NULL, platform socialplatform NOT NULL, tenant_id uuid NOT NULL);
        {Tenants}
        INSERT INTO users SELECT md5('u' || t || n)::uuid, now(), now(), t || n || '@example.org', t || ' ' || n, CASE n WHEN 1 THEN 'TENANT_ADMIN' ELSE 'USER' END::userrole, (t || '0000000-0000-4000-8000-000000000001')::uuid, now(), 'hash of ' || t
          FROM unnest(ARRAY['a', 'b']) t, generate_series(1, 3) n;
        INSERT INTO users VALUES (md5('super')::uuid, now(), now(), 'super@example.org', 'super', 'SUPERADMIN', NULL, now(), 'hash of super');
        INSERT INTO documents SELECT md5('d' || t || n)::uuid, now(), now(), t || n, {DocumentName}, 100, 'text/plain', 'ERROR', NULL, 'no text', (t || '0000000-0000-4000-8000-000000000001')::uuid, md5('u' || t || 1)::uuid
          FROM unnest(ARRAY['a', 'b']) t, generate_series(1, 5) n;
        INSERT INTO documents VALUES (md5('orphan')::uuid, now(), now(), 'orphan', 'orphan', 1, 'text/plain', 'ERROR', NULL, NULL, md5('nobody')::uuid, md5('nobody')::uuid);
        INSERT INTO chats SELECT md5('c' || t)::uuid, now(), now(), t, NULL, (t || '0000000-0000-4000-8000-000000000001')::uuid FROM unnest(ARRAY['a', 'b']) t;
        INSERT INTO sessions SELECT md5('s' || t || n)::uuid, now(), now(), t, md5('u' || t || n)::uuid, md5('c' || t)::uuid FROM unnest(ARRAY['a', 'b']) t, generate_series(1, 3) n;
        INSERT INTO sessions VALUES (md5('crossed')::uuid, now(), now(), 'user of a, chat of b', md5('ua1')::uuid, md5('cb')::uuid), (md5('crossed back')::uuid, now(), now(), 'user of b, chat of a', md5('ub1')::uuid, md5('ca')::uuid);
        INSERT INTO messages SELECT md5('m' || t || n)::uuid, now(), now(), {Content}, 'USER', md5('s' || t || 1 + n % 3)::uuid, now() FROM unnest(ARRAY['a', 'b']) t, generate_series(1, 9) n;
        INSERT INTO messages VALUES (md5('m crossed')::uuid, now(), now(), 'crossed {WordOfB}', 'USER', md5('crossed')::uuid, now());
        INSERT INTO social_links SELECT md5('l' || t)::uuid, now(), now(), 'https://example.org/' || t, 'OTHER', (t || '0000000-0000-4000-8000-000000000001')::uuid FROM unnest(ARRAY['a', 'b']) t;
        """;

    private const string Guide = $"""
        CREATE TABLE tenants (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), name varchar(255) NOT NULL, slug varchar(100) UNIQUE NOT NULL, created_at timestamptz DEFAULT now(), updated_at timestamptz DEFAULT now());
        CREATE TABLE users (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), email varchar(255) NOT NULL, name varchar(255) NOT NULL, role varchar(50) NOT NULL CHECK (role IN ('superadmin', 'tenant_admin', 'user')),
          tenant_id uuid REFERENCES tenants (id) ON DELETE CASCADE, last_login timestamptz, created_at timestamptz DEFAULT now(), updated_at timestamptz DEFAULT now(), UNIQUE (tenant_id, email));
        CREATE TABLE documents (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), filename varchar(255) NOT NULL, original_name varchar(255) NOT NULL, size bigint NOT NULL CHECK (size > 0 AND size <= 52428800), mime_type varchar(100) NOT NULL,
          status varchar(50) NOT NULL DEFAULT 'uploaded' CHECK (status IN ('uploaded', 'processing', 'processed', 'error')), processed_at timestamptz, error text,
          tenant_id uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE, user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE, created_at timestamptz DEFAULT now(), updated_at timestamptz DEFAULT now());
        CREATE TABLE social_links (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), url text NOT NULL, platform varchar(50) NOT NULL, tenant_id uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE, created_at timestamptz DEFAULT now(), updated_at timestamptz DEFAULT now());
        CREATE TABLE sessions (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), title varchar(255) NOT NULL, user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE, created_at timestamptz DEFAULT now(), updated_at timestamptz DEFAULT now());
        CREATE TABLE messages (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), content text NOT NULL, role varchar(50) NOT NULL CHECK (role IN ('user', 'assistant')), session_id uuid NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
          timestamp timestamptz NOT NULL DEFAULT now(), created_at timestamptz DEFAULT now(), updated_at timestamptz DEFAULT now());
        CREATE INDEX idx_messages_content_fts ON messages USING gin (to_tsvector('english', content));
        CREATE INDEX idx_documents_name_fts ON documents USING gin (to_tsvector('english', original_name));
        {Tenants}
        INSERT INTO users (id, email, name, role, tenant_id) SELECT md5('u' || t || n)::uuid, t || n || '@example.org', t || ' ' || n, CASE n WHEN 1 THEN 'tenant_admin' ELSE 'user' END, (t || '0000000-0000-4000-8000-000000000001')::uuid
          FROM unnest(ARRAY['a', 'b']) t, generate_series(1, 3) n;
        INSERT INTO users (id, email, name, role) VALUES (md5('super')::uuid, 'super@example.org', 'super', 'superadmin');
        INSERT INTO documents (id, filename, original_name, size, mime_type, status, error, tenant_id, user_id) SELECT md5('d' || t || n)::uuid, t || n, {DocumentName}, 100, 'text/plain', 'error', 'no text', (t || '0000000-0000-4000-8000-000000000001')::uuid, md5('u' || t || 1)::uuid
          FROM unnest(ARRAY['a', 'b']) t, generate_series(1, 5) n;
        INSERT INTO sessions (id, title, user_id) SELECT md5('s' || t || n)::uuid, t, md5('u' || t || n)::uuid FROM unnest(ARRAY['a', 'b']) t, generate_series(1, 3) n;
        INSERT INTO messages (id, content, role, session_id) SELECT md5('m' || t || n)::uuid, {Content}, 'user', md5('s' || t || 1 + n % 3)::uuid FROM unnest(ARRAY['a', 'b']) t, generate_series(1, 9) n;
        INSERT INTO social_links (id, url, platform, tenant_id) SELECT md5('l' || t)::uuid, 'https://example.org/' || t, 'other', (t || '0000000-0000-4000-8000-000000000001')::uuid FROM unnest(ARRAY['a', 'b']) t;
        CREATE FUNCTION set_user_context(user_uuid uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER AS $$
        DECLARE one record;
        BEGIN
          SELECT tenant_id, role INTO one FROM users WHERE id = user_uuid;
          PERFORM set_config('app.current_user_id', user_uuid::text, true), set_config('app.current_tenant_id', one.tenant_id::text, true), set_config('app.user_role', one.role, true);
        END $$;
        ALTER TABLE users ENABLE ROW LEVEL SECURITY;
        ALTER TABLE documents ENABLE ROW LEVEL SECURITY;
        ALTER TABLE social_links ENABLE ROW LEVEL SECURITY;
        ALTER TABLE sessions ENABLE ROW LEVEL SECURITY;
        ALTER TABLE messages ENABLE ROW LEVEL SECURITY;
        CREATE POLICY tenant_users ON users FOR ALL TO authenticated USING (tenant_id = current_setting('app.current_tenant_id')::uuid);
        CREATE POLICY tenant_documents ON documents FOR ALL TO authenticated USING (tenant_id = current_setting('app.current_tenant_id')::uuid);
        CREATE POLICY tenant_links ON social_links FOR ALL TO authenticated USING (tenant_id = current_setting('app.current_tenant_id')::uuid);
        CREATE POLICY own_sessions ON sessions FOR ALL TO authenticated USING (user_id = current_setting('app.current_user_id')::uuid OR current_setting('app.user_role') = 'tenant_admin');
        GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO authenticated;
        """;

    private const string Tenants = """
        INSERT INTO tenants (id, created_at, updated_at, name, slug) VALUES ('a0000000-0000-4000-8000-000000000001', now(), now(), 'Ada', 'a'), ('b0000000-0000-4000-8000-000000000001', now(), now(), 'Bob', 'b');
        """;

    private const string DocumentName = $"CASE t WHEN 'a' THEN 'marigold' ELSE '{WordOfB}' END || ' report ' || n || '.txt'";

    private const string Content = $"CASE t WHEN 'a' THEN 'a marigold in the garden ' ELSE 'the {WordOfB} of tenant b ' END || n";
}
