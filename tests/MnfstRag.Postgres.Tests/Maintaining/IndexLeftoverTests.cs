using MnfstRag.Postgres.Maintaining;

namespace MnfstRag.Postgres.Tests.Maintaining;

public sealed class IndexLeftoverTests
{
    [Theory]
    [InlineData("ix_users_email_ccnew", IndexLeftoverKind.UnfinishedRebuild)]
    [InlineData("ix_users_email_ccnew12", IndexLeftoverKind.UnfinishedRebuild)]
    [InlineData("ix_users_email_ccold", IndexLeftoverKind.ReplacedByRebuild)]
    [InlineData("ix_users_email_ccold2", IndexLeftoverKind.ReplacedByRebuild)]
    [InlineData("ix_users_email", IndexLeftoverKind.Invalid)]
    [InlineData("ix_ccnew_users", IndexLeftoverKind.Invalid)]
    [InlineData("ix_users_CCNEW", IndexLeftoverKind.Invalid)]
    [InlineData("ix_users_ccnew\n", IndexLeftoverKind.Invalid)]
    public void An_index_that_is_not_valid_is_known_by_its_suffix(string name, IndexLeftoverKind kind) =>
        Assert.Equal(kind, IndexLeftover.Of(name, valid: false, inProgress: false));

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void A_valid_index_or_one_being_built_is_no_leftover_whatever_its_name(bool valid, bool inProgress) =>
        Assert.Null(IndexLeftover.Of("ix_users_email_ccnew", valid, inProgress));
}
