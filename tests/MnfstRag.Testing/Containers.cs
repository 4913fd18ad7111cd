using Npgsql;
using Testcontainers.PostgreSql;

namespace MnfstRag.Testing;

/// <summary>Connection strings of servers in containers.</summary>
internal static class Containers
{
    public static string ConnectionString(PostgreSqlContainer container, string database, TestRole? role)
    {
        var builder = new NpgsqlConnectionStringBuilder(container.GetConnectionString()) { Database = database };
        if (role is not null)
        {
            builder.Username = role.Name;
            builder.Password = role.Password;
        }

        return builder.ConnectionString;
    }
}
