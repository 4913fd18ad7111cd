using MnfstRag.Postgres.Checking;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Tests.Checking.Sessions;

public sealed class SlotsRulesTests
{
    private static readonly ServerLimits Limits = new(MaxConnections: 110, SuperuserReserved: 3, Reserved: 7);

    [Theory]
    [InlineData(Verdict.Ok, 74)]
    [InlineData(Verdict.Warning, 75)]
    [InlineData(Verdict.Warning, 89)]
    [InlineData(Verdict.Failing, 90)]
    [InlineData(Verdict.Failing, 103)]
    public void The_share_of_ordinary_slots_in_use_decides(Verdict expected, int used) =>
        Given.Is(expected, SlotsCheck.Judge(Limits, Given.Activity(Given.Many(used, SessionState.Idle)), Given.Monitor), $"{used} of 100 connections", "10 of 110 are reserved", $"mnfst-rag-backend ({used})");

    [Fact]
    public void Hidden_sessions_count_and_are_said_to_be_hidden() =>
        Given.Is(Verdict.Failing, SlotsCheck.Judge(Limits, Given.Activity(Given.Many(95, SessionState.Hidden)), Given.Bare), "95 sessions are hidden from bare");

    [Fact]
    public void A_pooler_has_limits_of_its_own() =>
        Given.Is(Verdict.Ok, SlotsCheck.Judge(Limits, Given.Activity(), Given.Monitor with { TransactionPooler = true }), "pooler in between has limits of its own");

    [Fact]
    public void A_background_worker_uses_no_slot() =>
        Given.Is(Verdict.Ok, SlotsCheck.Judge(Limits, Given.Activity(Given.Session(SessionState.Active) with { BackendType = "autovacuum worker" }), Given.Monitor), "0 of 100");
}
