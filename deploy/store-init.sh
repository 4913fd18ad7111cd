#!/usr/bin/env bash
# Runs once, when the store's volume is new: an owner for migrations, and a role of daily use that owns nothing.
set -euo pipefail
psql --no-psqlrc --set ON_ERROR_STOP=1 --username postgres --dbname postgres \
  --set owner_password="$STORE_OWNER_PASSWORD" --set app_password="$STORE_APP_PASSWORD" <<'SQL'
CREATE ROLE mnfst_admin_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE mnfst_admin_app LOGIN PASSWORD :'app_password';
CREATE DATABASE mnfst_admin OWNER mnfst_admin_owner;
REVOKE ALL ON DATABASE mnfst_admin FROM PUBLIC;
GRANT CONNECT ON DATABASE mnfst_admin TO mnfst_admin_app;
SQL
