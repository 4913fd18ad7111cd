-- Shape A: what the product's own migrations create, duplicates of primary keys included.
CREATE TYPE userrole AS ENUM ('SUPERADMIN', 'TENANT_ADMIN', 'USER');
CREATE TYPE documentstatus AS ENUM ('UPLOADED', 'PROCESSING', 'PROCESSED', 'ERROR');
CREATE TYPE messagerole AS ENUM ('USER', 'ASSISTANT');
CREATE TYPE socialplatform AS ENUM ('TWITTER', 'FACEBOOK', 'LINKEDIN', 'INSTAGRAM', 'YOUTUBE', 'OTHER');

CREATE TABLE alembic_version (
  version_num varchar(32) NOT NULL,
  CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO alembic_version VALUES ('56cb0d9dff92');

CREATE TABLE tenants (
  id uuid NOT NULL PRIMARY KEY,
  created_at timestamp,
  updated_at timestamp,
  name varchar NOT NULL,
  slug varchar NOT NULL
);
CREATE INDEX ix_tenants_id ON tenants (id);
CREATE INDEX ix_tenants_slug ON tenants (slug);

CREATE TABLE users (
  id uuid NOT NULL PRIMARY KEY,
  created_at timestamp,
  updated_at timestamp,
  email varchar NOT NULL,
  name varchar NOT NULL,
  role userrole NOT NULL,
  tenant_id uuid REFERENCES tenants (id),
  last_login timestamp,
  password_hash varchar NOT NULL
);
CREATE INDEX ix_users_email ON users (email);
CREATE INDEX ix_users_id ON users (id);
CREATE INDEX ix_users_tenant_id ON users (tenant_id);

CREATE TABLE documents (
  id uuid NOT NULL PRIMARY KEY,
  created_at timestamp,
  updated_at timestamp,
  filename varchar NOT NULL,
  original_name varchar NOT NULL,
  size integer NOT NULL,
  mime_type varchar NOT NULL,
  status documentstatus NOT NULL,
  processed_at timestamp,
  error varchar,
  tenant_id uuid NOT NULL,
  user_id uuid NOT NULL
);
CREATE INDEX ix_documents_id ON documents (id);
CREATE INDEX ix_documents_tenant_id ON documents (tenant_id);
CREATE INDEX ix_documents_user_id ON documents (user_id);

CREATE TABLE chats (
  id uuid NOT NULL PRIMARY KEY,
  created_at timestamp,
  updated_at timestamp,
  name varchar NOT NULL,
  system_prompt varchar,
  tenant_id uuid NOT NULL REFERENCES tenants (id)
);
CREATE INDEX ix_chats_id ON chats (id);
CREATE INDEX ix_chats_tenant_id ON chats (tenant_id);

CREATE TABLE sessions (
  id uuid NOT NULL PRIMARY KEY,
  created_at timestamp,
  updated_at timestamp,
  title varchar NOT NULL,
  user_id uuid NOT NULL REFERENCES users (id),
  chat_id uuid NOT NULL REFERENCES chats (id)
);
CREATE INDEX ix_sessions_chat_id ON sessions (chat_id);
CREATE INDEX ix_sessions_id ON sessions (id);
CREATE INDEX ix_sessions_user_id ON sessions (user_id);

CREATE TABLE messages (
  id uuid NOT NULL PRIMARY KEY,
  created_at timestamp,
  updated_at timestamp,
  content varchar NOT NULL,
  role messagerole NOT NULL,
  session_id uuid NOT NULL REFERENCES sessions (id),
  timestamp timestamp NOT NULL
);
CREATE INDEX ix_messages_id ON messages (id);
CREATE INDEX ix_messages_session_id ON messages (session_id);

CREATE TABLE social_links (
  id uuid NOT NULL PRIMARY KEY,
  created_at timestamp,
  updated_at timestamp,
  url varchar NOT NULL,
  platform socialplatform NOT NULL,
  tenant_id uuid NOT NULL
);
CREATE INDEX ix_social_links_id ON social_links (id);
CREATE INDEX ix_social_links_tenant_id ON social_links (tenant_id);
