using MnfstRag.Postgres.Connecting;

namespace MnfstRag.Postgres.Checking;

/// <summary>Statements that would let the role see more.</summary>
internal static class Grants
{
    /// <summary>Everything that the checks read of other roles' sessions and of settings.</summary>
    public static string Monitor(Capabilities server) => $"As a superuser: GRANT pg_monitor TO {PlainWords.Quoted(server.Role)};";

    /// <summary>One object's rows.</summary>
    public static string Select(string kind, string quotedName, Capabilities server) => $"As its owner: GRANT SELECT ON {kind}{quotedName} TO {PlainWords.Quoted(server.Role)};";
}
