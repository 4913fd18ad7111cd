using MnfstRag.Postgres.Checking;

namespace MnfstRag.Postgres.Tests.Checking.Reaching;

public sealed class ReachRulesTests
{
    private static readonly CheckOutcome Alive = CheckOutcome.Ok("a:5432 takes connections.");
    private static readonly CheckOutcome Dead = CheckOutcome.Failing("Nothing listens at b:5432.", "Start PostgreSQL there.");

    [Fact]
    public void All_hosts_answer() => Given.Is(Verdict.Ok, ReachCheck.Judge([Alive, Alive]));

    [Fact]
    public void A_dead_host_among_living_ones_is_a_warning() => Given.Is(Verdict.Warning, ReachCheck.Judge([Alive, Dead]), "a:5432", "b:5432", "Start PostgreSQL");

    [Fact]
    public void No_host_answers() => Given.Is(Verdict.Failing, ReachCheck.Judge([Dead, Dead]), "b:5432");
}
