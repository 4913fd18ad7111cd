using System.Collections.Immutable;
using MnfstRag.Postgres.Advising;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Pooling;
using MnfstRag.Postgres.Validating;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Tests.Validating.Checklists;

/// <summary>Each item of each list: evidence that it is so, evidence that it is not, and no evidence.</summary>
public sealed class ChecklistTests
{
    private const string Password = "Zk39xkPq77sLmQ2vTr81";
    private const string Key = "wJ8qLr5Yt0VbN3xZcK7mPd2sHf9aGu4eXo6iQk1T=+/B";
    private const string Good = $"DATABASE_URL=postgresql://backend:{Password}@db.example.org/mnfst_rag?sslmode=verify-full&sslrootcert=/ca.pem\nDB_POOL_SIZE=20\nDB_MAX_OVERFLOW=30\nJWT_SECRET_KEY={Key}\nENVIRONMENT=production\n";
    private const string Local = $"DATABASE_URL=postgresql://backend:{Password}@localhost/mnfst_rag?sslmode=disable\nDB_POOL_SIZE=5\nDB_MAX_OVERFLOW=10\nLOG_LEVEL=DEBUG\nDB_ECHO=true\n";

    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Saved = Now.AddDays(-3);

    public static TheoryData<string, string, string, string, ChecklistVerdict, string> BySettings => new()
    {
        { "development.variables", "development", Local, "", ChecklistVerdict.Met, "no error" },
        { "development.variables", "development", Local, "DB_POOL_SIZE=ten", ChecklistVerdict.NotMet, "whole number" },
        { "development.pooling", "development", Local, "", ChecklistVerdict.Met, "DB_POOL_SIZE is 5" },
        { "development.pooling", "development", "ENVIRONMENT=development\n", "DB_POOL_SIZE=5", ChecklistVerdict.NotMet, "DB_MAX_OVERFLOW is not set" },
        { "development.pooling", "development", Local, "DB_POOL_SIZE=0", ChecklistVerdict.NotMet, "limit" },
        { "development.ssl-off", "development", Local, "", ChecklistVerdict.Met, "on this machine" },
        { "development.ssl-off", "development", Good, "", ChecklistVerdict.NotMet, "not on this machine" },
        { "development.ssl-off", "development", Local, "DATABASE_URL=postgresql://u:p@localhost/d?sslmode=require", ChecklistVerdict.NotMet, "refused" },
        { "development.debug-log", "development", Local, "", ChecklistVerdict.Met, "It is" },
        { "development.debug-log", "development", Local, "LOG_LEVEL=INFO", ChecklistVerdict.NotMet, "LOG_LEVEL is INFO" },
        { "development.query-log", "development", Local, "", ChecklistVerdict.Met, "It is" },
        { "development.query-log", "development", Local, "DB_ECHO=false\nSQL_ECHO=true", ChecklistVerdict.NotMet, "SQL_ECHO" },
        { "production.tls", "production", Good, "", ChecklistVerdict.Met, "verify-full" },
        { "production.tls", "production", Good, $"DATABASE_URL=postgresql://backend:{Password}@h/d?sslmode=require", ChecklistVerdict.NotMet, "sslmode is require" },
        { "production.tls", "production", Good, $"DATABASE_URL=postgresql://backend:{Password}@h/d?sslmode=verify-full", ChecklistVerdict.NotMet, "no authority" },
        { "security.ssl-mode", "production", Good, "", ChecklistVerdict.Met, "verify-full" },
        { "security.ssl-mode", "production", Good, "DATABASE_URL=postgresql://u:p@h/d", ChecklistVerdict.NotMet, "prefer" },
        { "security.certificate", "production", Good, "", ChecklistVerdict.Met, "verified" },
        { "security.certificate", "production", Good, "DATABASE_URL=postgresql://u:p@h/d?sslmode=verify-ca&sslrootcert=/ca", ChecklistVerdict.NotMet, "name is not compared" },
        { "security.certificate", "production", Good, "DATABASE_URL=postgresql://u:p@h/d?sslmode=require", ChecklistVerdict.NotMet, "does not look" },
        { "security.passwords", "production", Good, "", ChecklistVerdict.Met, "No rule objects" },
        { "security.passwords", "production", Good, "DATABASE_URL=postgresql://u:postgres123@h/d?sslmode=require", ChecklistVerdict.NotMet, "password" },
        { "security.passwords", "production", Good, "PASSWORD_MIN_LENGTH=4", ChecklistVerdict.NotMet, "PASSWORD_MIN_LENGTH" },
        { "security.jwt", "production", Good, "", ChecklistVerdict.Met, "long enough" },
        { "security.jwt", "production", Good, "JWT_SECRET_KEY=short", ChecklistVerdict.NotMet, "bytes" },
        { "security.jwt", "production", Good, "JWT_ALGORITHM=none", ChecklistVerdict.NotMet, "not be signed" },
        { "security.jwt", "production", Good, "JWT_SECRET_KEY=${SOMEWHERE}", ChecklistVerdict.Unknown, "reference" },
        { "security.jwt", "development", Local, "", ChecklistVerdict.NotMet, "not set" },
    };

    [Theory, MemberData(nameof(BySettings))]
    public void Settings_are_evidence(string item, string environment, string text, string more, ChecklistVerdict verdict, string says)
    {
        var judged = Item(item, Evidence(environment, $"{text}{more}\n", View()));

        Assert.Equal((verdict, Saved), (judged.Verdict, judged.AsOf));
        Assert.Contains(says, judged.Evidence, StringComparison.Ordinal);
        Assert.True(verdict != ChecklistVerdict.NotMet || judged.Remedy.Length > 0, "no remedy");
    }

    [Fact]
    public void Without_settings_and_server_every_item_is_unknown_and_says_why()
    {
        var nothing = new ChecklistEvidence(null, null, "Nothing was saved yet.", [], null, null, "No watch credential is set.");

        Assert.All(Enum.GetValues<ChecklistKind>().SelectMany(kind => Postgres.Validating.Checklists.Of(kind, nothing)), item =>
        {
            Assert.Equal((ChecklistVerdict.Unknown, (DateTimeOffset?)null), (item.Verdict, item.AsOf));
            Assert.True(item.Evidence is "Nothing was saved yet." or "No watch credential is set.", item.Evidence);
        });
    }

    [Fact]
    public void No_item_repeats_a_secret()
    {
        foreach (var text in new[] { Good, Local, Good + "JWT_SECRET_KEY=password1\n", $"DATABASE_URL=postgres://u:{Password}@h:x/d\nLOG_LEVEL={Key}\n" })
        {
            var words = string.Join('\n', Enum.GetValues<ChecklistKind>().SelectMany(kind => Postgres.Validating.Checklists.Of(kind, Evidence("production", text, View()))).Select(item => item.Evidence + item.Remedy));
            Assert.DoesNotContain(Password, words, StringComparison.Ordinal);
            Assert.DoesNotContain("password1", words, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_server_that_stopped_answering_is_not_reachable_and_its_older_evidence_keeps_its_age()
    {
        var evidence = Evidence("development", Local, View() with { Outage = new Outage(TimeSpan.FromMinutes(1), "refused") }) with { ServerMissing = "The server refuses connections." };

        var reachable = Item("development.reachable", evidence);
        Assert.Equal((ChecklistVerdict.NotMet, "The server refuses connections."), (reachable.Verdict, reachable.Evidence));
        Assert.Equal(ChecklistVerdict.Met, Item("development.reachable", Evidence("development", Local, View())).Verdict);
        Assert.Equal((ChecklistVerdict.Met, (DateTimeOffset?)Now), (Item("development.database", evidence).Verdict, Item("development.database", evidence).AsOf));
        Assert.Equal(ChecklistVerdict.NotMet, Item("production.monitoring", evidence).Verdict);
    }

    [Fact]
    public void Another_database_than_the_watched_one_proves_nothing() =>
        Assert.Equal(ChecklistVerdict.Unknown, Item("development.database", Evidence("development", "DATABASE_URL=postgresql://u:p@localhost/other\n", View())).Verdict);

    [Theory]
    [InlineData(false, false, false, ChecklistVerdict.Met, ChecklistVerdict.Met)]
    [InlineData(true, false, false, ChecklistVerdict.NotMet, ChecklistVerdict.NotMet)]
    [InlineData(false, true, false, ChecklistVerdict.NotMet, ChecklistVerdict.NotMet)]
    [InlineData(false, false, true, ChecklistVerdict.Met, ChecklistVerdict.NotMet)]
    public void Row_security_counts_only_where_it_binds_the_backends_role(bool super, bool bypass, bool owns, ChecklistVerdict role, ChecklistVerdict rows)
    {
        var evidence = Evidence("production", Good, View(new RolePowers("backend", super, bypass, false, false, owns)));

        Assert.Equal((role, rows), (Item("security.role", evidence).Verdict, Item("security.row-security", evidence).Verdict));
    }

    [Fact]
    public void A_suppliers_pooler_wants_the_tenant_in_the_users_name_which_is_no_part_of_the_role()
    {
        var evidence = Evidence("production", $"DATABASE_URL=postgresql://backend.abc:{Password}@aws-0-eu.pooler.supabase.com/mnfst_rag\n", View());

        Assert.Equal(ChecklistVerdict.Met, Item("security.role", evidence).Verdict);
        Assert.Equal(ChecklistVerdict.Unknown, Item("security.role", Evidence("production", $"DATABASE_URL=postgresql://someone:{Password}@h/mnfst_rag\n", View())).Verdict);
    }

    [Theory]
    [InlineData(false, 3, 0, ChecklistVerdict.NotMet)]
    [InlineData(true, 3, 1, ChecklistVerdict.NotMet)]
    [InlineData(true, 3, 0, ChecklistVerdict.Unknown)]
    [InlineData(true, null, null, ChecklistVerdict.Unknown)]
    public void That_all_sessions_are_encrypted_now_does_not_prove_that_one_that_is_not_would_be_refused(bool offered, int? encrypted, int? plain, ChecklistVerdict verdict)
    {
        var item = Item("security.encryption", Evidence("production", Good, View(tls: (offered, encrypted, plain))));

        Assert.Equal((verdict, true), (item.Verdict, item.IsAttestable));
    }

    [Theory]
    [InlineData("off", 0, false, ChecklistVerdict.Unknown)]
    [InlineData("on", 5, false, ChecklistVerdict.Unknown)]
    [InlineData("on", 5, true, ChecklistVerdict.NotMet)]
    public void A_backup_is_never_proven_by_the_server_and_a_failing_archiver_disproves_it(string mode, int archived, bool failing, ChecklistVerdict verdict)
    {
        var item = Item("production.backup", Evidence("production", Good, View(archiver: new ArchiverReading(Now, mode, archived, "f", Now.AddHours(-1), failing ? 1 : 0, "g", failing ? Now : null, Now, null))));

        Assert.Equal((verdict, true), (item.Verdict, item.IsAttestable));
    }

    [Fact]
    public void Health_checks_are_met_when_every_instance_answers_and_not_when_one_is_silent()
    {
        Assert.Equal(ChecklistVerdict.Met, Health(Backend(healthy: true)));
        Assert.Equal(ChecklistVerdict.NotMet, Health(Backend(healthy: true), Backend(healthy: false)));
        Assert.Equal(ChecklistVerdict.NotMet, Health(BackendPart.Unasked("b:8000")));
        Assert.Equal(ChecklistVerdict.Unknown, Health());
    }

    private static ChecklistVerdict Health(params BackendPart[] backends) => Item("production.health", Evidence("production", Good, View() with
    {
        Pools = new PoolTruth(new PoolReading(Now, null, null, backends, null, PoolParts.Unasked<PgBouncerReading>(), PoolParts.Unasked<OwnPool>()), null, [], null, false),
    })).Verdict;

    private static BackendPart Backend(bool healthy) =>
        new("a:8000", new PoolPart<BackendPool>(new BackendPool(healthy, 5, 1, 1, 0, 0, healthy ? null : "down"), Now, null, null), null, null, null);

    private static ChecklistItem Item(string key, ChecklistEvidence evidence) =>
        Enum.GetValues<ChecklistKind>().SelectMany(kind => Postgres.Validating.Checklists.Of(kind, evidence)).Single(item => item.Key == key);

    private static ChecklistEvidence Evidence(string environment, string text, ServerView server)
    {
        var settings = new EnvironmentSettings(environment, EnvFile.Parse(text));
        return new ChecklistEvidence(settings, Saved, "", EnvironmentValidator.Validate(settings), server, Now, null);
    }

    private static ServerView View(RolePowers? role = null, (bool Offered, int? Encrypted, int? Plain)? tls = null, ArchiverReading? archiver = null)
    {
        var (offered, encrypted, plain) = tls ?? (true, 1, 0);
        var protection = new ProtectionReading(
            offered,
            encrypted,
            plain,
            [.. new[] { "documents", "messages", "sessions", "tenants", "users" }.Select(table => new RowSecurity(table, table != "tenants", false, 1))],
            new[] { role ?? new RolePowers("backend", false, false, false, false, false) }.ToImmutableSortedDictionary(one => one.Name, one => one, StringComparer.Ordinal));
        var reading = new ServerReading(null, null, false, TimeSpan.Zero, new Dictionary<string, string>(StringComparer.Ordinal))
        {
            Values = ImmutableDictionary<string, object>.Empty
                .Add(ProtectionReader.Instance.Name, protection)
                .Add(ArchiverReader.Instance.Name, archiver ?? new ArchiverReading(Now, "off", 0, null, null, 0, null, null, null, null)),
        };
        var capabilities = new Capabilities(180000, "18.0", "mnfst_rag", "watcher", false, true, true, false, false, false, "1", Now, new Dictionary<string, string>(StringComparer.Ordinal), true, 1024);
        return new ServerView(capabilities, null, null, null, [], null, null)
        {
            Slow = HeldReadings.None.With(reading, [ProtectionReader.Instance, ArchiverReader.Instance], Now),
            At = Now,
        };
    }
}
