namespace MnfstRag.Postgres.Validating;

/// <summary>What a server's facts mean for these settings.</summary>
internal static class ServerJudge
{
    private const int OldestSupported = 14;

    /// <summary>One finding or more for each of: session's encryption, version, recovery, privileges.</summary>
    public static IEnumerable<Finding> Judge(LiveTarget target, ServerFacts facts, bool pooled, EnvironmentSettings settings) =>
        [Encryption(target, facts, pooled, settings), Version(target, facts), Recovery(target, facts), .. Privileges(target, facts, settings)];

    /// <summary>The same without what concerns the backend alone.</summary>
    public static IEnumerable<Finding> JudgeServer(LiveTarget target, ServerFacts facts, bool pooled, EnvironmentSettings settings) =>
        [Encryption(target, facts, pooled, settings), Version(target, facts), Finding.Note(target.Key, "live-recovery", $"{target} is a {(facts.InRecovery ? "standby" : "primary")}.")];

    private static Finding Encryption(LiveTarget target, ServerFacts facts, bool pooled, EnvironmentSettings settings)
    {
        const string Rule = "live-session-tls";
        var end = pooled ? "between the pooler and the server" : "to the server";
        if (facts.Encrypted)
        {
            return Finding.Note(target.Key, Rule, $"The session {end} is encrypted with {facts.Protocol} and {facts.Cipher}, as pg_stat_ssl has it.");
        }

        var message = $"The session {end} is not encrypted, as pg_stat_ssl has it{(target.Tls.Demands ? "" : $": sslmode {target.Tls.Mode} does not demand it")}.";
        return settings.IsProduction && !pooled
            ? Finding.Warning(target.Key, Rule, message, "Write sslmode=verify-full with sslrootcert.")
            : Finding.Note(target.Key, Rule, message);
    }

    private static Finding Version(LiveTarget target, ServerFacts facts) => facts.VersionNumber / 10000 < OldestSupported
        ? Finding.Warning(target.Key, "live-version", $"{target} runs PostgreSQL {Safe(facts.Version)}, which gets no fixes any more.", "Upgrade to 14 or newer.")
        : Finding.Note(target.Key, "live-version", $"{target} runs PostgreSQL {Safe(facts.Version)}.");

    private static Finding Recovery(LiveTarget target, ServerFacts facts)
    {
        const string Rule = "live-recovery";
        return (facts.InRecovery, target.IsReplica) switch
        {
            (true, false) when target.IsAlone => Finding.Error(target.Key, Rule, $"{target} is a standby: it refuses every write (25006), and the backend writes.", "Name the primary."),
            (true, false) => Finding.Note(target.Key, Rule, $"{target} is a standby; another host of the address must be the primary."),
            (false, true) => Finding.Warning(target.Key, Rule, $"{target} is no standby: it is a primary, and what is read there may never have come from the primary of DATABASE_URL.", "Name a standby."),
            _ => Finding.Note(target.Key, Rule, $"{target} is a {(facts.InRecovery ? "standby" : "primary")}."),
        };
    }

    private static IEnumerable<Finding> Privileges(LiveTarget target, ServerFacts facts, EnvironmentSettings settings)
    {
        const string Rule = "live-privileges";
        if (facts.IsSuperuser)
        {
            yield return settings.IsDevelopment
                ? Finding.Note(target.Key, Rule, "The role is a superuser.")
                : Finding.Warning(target.Key, Rule, "The role is a superuser: a hole in the backend is a hole in the whole server, and row security does not bind it.", "Give the backend a role of its own that owns nothing but its tables.");
        }
        else if ((facts.BypassesRowSecurity || facts.CreatesRoles || facts.CreatesDatabases) && !settings.IsDevelopment)
        {
            yield return Finding.Note(target.Key, Rule, $"The role may {string.Join(", ", Powers(facts))}, which the backend does not need.", "ALTER ROLE with the attributes that begin with NO.");
        }

        if (facts.Unreadable.Length > 0)
        {
            yield return Finding.Error(target.Key, Rule, $"The role may not read {string.Join(", ", facts.Unreadable)}.", "GRANT SELECT, INSERT, UPDATE, DELETE on these tables to it.");
        }
        else if (facts.Unwritable.Length > 0 && !target.IsReplica)
        {
            yield return Finding.Warning(target.Key, Rule, $"The role may read but not fully write {string.Join(", ", facts.Unwritable)}.", "GRANT INSERT, UPDATE, DELETE on these tables to it.");
        }
        else
        {
            yield return Finding.Note(target.Key, Rule, facts.Tables.Length == 0
                ? "The database has none of the product's tables in the schema public yet: the backend's migrations have not run here."
                : $"The role may read{(target.IsReplica ? "" : " and write")} the product's {facts.Tables.Length} tables.");
        }
    }

    private static IEnumerable<string> Powers(ServerFacts facts)
    {
        if (facts.BypassesRowSecurity)
        {
            yield return "bypass row security";
        }

        if (facts.CreatesRoles)
        {
            yield return "create roles";
        }

        if (facts.CreatesDatabases)
        {
            yield return "create databases";
        }
    }

    /// <summary>A server may say anything of itself.</summary>
    private static string Safe(string version) => new([.. version.Where(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or ' ' or '(' or ')' or '-' or '+').Take(60)]);
}
