using MnfstRag.Postgres.Checking;

namespace MnfstRag.Postgres.Tests.Checking.Storing;

public sealed class MigrationsRulesTests
{
    [Fact]
    public void One_row_is_a_head() => Given.Is(Verdict.Ok, Judge(new("public.alembic_version", true, false, 5, ["abc123"])), "abc123");

    [Fact]
    public void Two_rows_are_two_heads() => Given.Is(Verdict.Warning, Judge(new("public.alembic_version", true, false, 5, ["a", "b"])), "merge heads");

    [Fact]
    public void No_row_is_an_unfinished_migration() => Given.Is(Verdict.Failing, Judge(new("public.alembic_version", true, false, 5, [])), "empty");

    [Fact]
    public void No_row_behind_row_level_security_proves_nothing() => Given.Is(Verdict.Skipped, Judge(new("public.alembic_version", true, true, 5, [])), "row level security");

    [Fact]
    public void Unreadable_is_skipped_with_the_grant() => Given.Is(Verdict.Skipped, Judge(new("public.alembic_version", false, false, 5, [])), "GRANT SELECT ON public.alembic_version TO \"bare\";");

    [Fact]
    public void The_product_without_alembic_is_a_warning() => Given.Is(Verdict.Warning, Judge(new(null, false, false, 5, [])), "5 product tables");

    [Fact]
    public void An_empty_database_is_the_wrong_one() => Given.Is(Verdict.Warning, Judge(new(null, false, false, 0, [])), "mnfst has neither");

    private static CheckOutcome Judge(MigrationFacts facts) => MigrationsCheck.Judge(facts, Given.Bare);
}
