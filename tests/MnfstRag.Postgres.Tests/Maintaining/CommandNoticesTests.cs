using MnfstRag.Postgres.Maintaining;

namespace MnfstRag.Postgres.Tests.Maintaining;

public sealed class CommandNoticesTests
{
    [Theory]
    [InlineData("WARNING", "01000")]
    [InlineData("WARNING", "55P03")]
    [InlineData("WARNING", "0A000")]
    [InlineData("NOTICE", "42P07")]
    public void A_message_of_skipped_work_is_no_success(string severity, string state)
    {
        var notice = new CommandNotice(severity, state, "übersprungen");
        Assert.Equal([notice], CommandNotices.Doubtful([new("INFO", "00000", "vacuuming"), notice]));
    }

    [Theory]
    [InlineData("INFO", "00000")]
    [InlineData("NOTICE", "00000")]
    public void What_a_server_tells_of_its_progress_is_no_reason_for_doubt(string severity, string state) =>
        Assert.Empty(CommandNotices.Doubtful([new(severity, state, "finished")]));
}
