using MnfstRag.Postgres.Checking;

namespace MnfstRag.Postgres.Tests.Checking.Storing;

public sealed class StatisticsRulesTests
{
    [Fact]
    public void Fresh() => Given.Is(Verdict.Ok, Judge(new(true, 0, 0, [], 7)), "7 tables");

    [Fact]
    public void Never_analysed_and_stale_tables_are_named() =>
        Given.Is(Verdict.Warning, Judge(new(true, 1, 1, ["public.messages", "public.\"Odd\""], 7)), "1 of 7 tables never analysed, 1 far behind", "ANALYZE public.messages; ANALYZE public.\"Odd\";");

    [Fact]
    public void Without_autovacuum_nothing_stays_healthy() => Given.Is(Verdict.Failing, Judge(new(false, 0, 0, [], 7)), "autovacuum = on");

    [Fact]
    public void A_standby_does_not_count() => Given.Is(Verdict.Skipped, new StatisticsCheck().Judge(new(true, 9, 9, [], 9), Given.Standby), "primary");

    private static CheckOutcome Judge(StatisticsFacts facts) => new StatisticsCheck().Judge(facts, Given.Bare);
}
