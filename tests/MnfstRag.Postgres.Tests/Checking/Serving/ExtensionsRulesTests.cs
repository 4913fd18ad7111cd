using MnfstRag.Postgres.Checking;

namespace MnfstRag.Postgres.Tests.Checking.Serving;

public sealed class ExtensionsRulesTests
{
    private static readonly InstalledExtension Statements = new("pg_stat_statements", "1.12", "1.12");

    [Fact]
    public void Installed_loaded_and_new() => Given.Is(Verdict.Ok, Judge(new(true, true, false, [Statements])), "1.12");

    [Fact]
    public void Installed_but_not_loaded() => Given.Is(Verdict.Warning, Judge(new(true, false, false, [Statements])), "not loaded", "shared_preload_libraries");

    [Fact]
    public void Installed_and_waiting_for_a_restart() => Given.Is(Verdict.Warning, Judge(new(true, false, true, [Statements])), "Restart the server: shared_preload_libraries was changed");

    [Fact]
    public void Loaded_but_not_installed_here() => Given.Is(Verdict.Warning, Judge(new(true, true, false, [])), "not installed in mnfst", "CREATE EXTENSION pg_stat_statements;");

    [Fact]
    public void Neither_loaded_nor_installed() => Given.Is(Verdict.Warning, Judge(new(true, false, false, [])), "neither", "CREATE EXTENSION", "restart");

    [Fact]
    public void Not_on_the_server() => Given.Is(Verdict.Warning, Judge(new(false, false, false, [])), "contrib package");

    [Fact]
    public void Older_than_the_server_after_an_upgrade() =>
        Given.Is(Verdict.Warning, Judge(new(true, true, false, [Statements with { Version = "1.6" }])), "pg_stat_statements 1.6 (the server has 1.12)", "ALTER EXTENSION \"pg_stat_statements\" UPDATE;");

    [Fact]
    public void An_extension_whose_files_are_gone_is_not_called_old() => Given.Is(Verdict.Ok, Judge(new(true, true, false, [Statements, new("own", "1.0", null)])));

    private static CheckOutcome Judge(ExtensionFacts facts) => new ExtensionsCheck().Judge(facts, Given.Superuser);
}
