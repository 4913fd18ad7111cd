namespace MnfstRag.Postgres.Watching;

/// <summary>What a role that may sign in can do beyond what it was granted on tables (<c>pg_roles</c>, 14–18).</summary>
/// <param name="Name">The role.</param>
/// <param name="IsSuperuser">Nothing binds it.</param>
/// <param name="BypassesRowSecurity">BYPASSRLS: row security does not bind it.</param>
/// <param name="CreatesRoles">CREATEROLE.</param>
/// <param name="CreatesDatabases">CREATEDB.</param>
/// <param name="OwnsProductTables">It has the rights of the owner of one of the product's tables: row security does not bind it there, unless forced.</param>
public sealed record RolePowers(string Name, bool IsSuperuser, bool BypassesRowSecurity, bool CreatesRoles, bool CreatesDatabases, bool OwnsProductTables);
