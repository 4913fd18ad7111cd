#!/bin/sh
# Writes PgBouncer's files from the environment and becomes PgBouncer.
set -eu
umask 077
files=${FILES:-/run/pgbouncer}
cat > "$files/userlist.txt" <<EOF
"$DATABASE_USER" "$DATABASE_PASSWORD"
EOF
cat > "$files/pgbouncer.ini" <<EOF
[databases]
$DATABASE = host=$SERVER_HOST port=${SERVER_PORT:-5432} dbname=$DATABASE

[pgbouncer]
listen_addr = *
listen_port = ${LISTEN_PORT:-6432}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = $files/userlist.txt
stats_users = $DATABASE_USER
pool_mode = $POOL_MODE
max_client_conn = ${MAX_CLIENT_CONN:-200}
default_pool_size = ${DEFAULT_POOL_SIZE:-20}
server_tls_sslmode = prefer
# Drivers set these at connect; PgBouncer cannot carry them to a shared server connection.
ignore_startup_parameters = extra_float_digits,options
EOF
exec pgbouncer "$files/pgbouncer.ini"
