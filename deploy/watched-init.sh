#!/usr/bin/env bash
# Runs once, when the watched server's volume is new: an empty product database, and a role for each of the dashboard's credentials.
set -euo pipefail
psql --no-psqlrc --set ON_ERROR_STOP=1 --username postgres --dbname postgres \
  --set product_password="$PRODUCT_PASSWORD" --set watch_password="$WATCH_PASSWORD" --set maintain_password="$MAINTAIN_PASSWORD" <<'SQL'
CREATE ROLE mnfst_user LOGIN PASSWORD :'product_password';
CREATE ROLE mnfst_watch LOGIN PASSWORD :'watch_password';
CREATE ROLE mnfst_maintain LOGIN PASSWORD :'maintain_password';
GRANT pg_monitor TO mnfst_watch;
ALTER ROLE mnfst_watch SET default_transaction_read_only = on;
GRANT pg_signal_backend, pg_maintain TO mnfst_maintain;
CREATE DATABASE mnfst_rag OWNER mnfst_user;
REVOKE ALL ON DATABASE mnfst_rag FROM PUBLIC;
GRANT CONNECT ON DATABASE mnfst_rag TO mnfst_watch, mnfst_maintain;
\connect mnfst_rag
CREATE EXTENSION pg_stat_statements;
SQL
