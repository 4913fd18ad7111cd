using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Tests.Watching;

public sealed class LockModesTests
{
    [Theory]
    [InlineData("AccessShareLock", "AccessExclusiveLock", true)]
    [InlineData("AccessShareLock", "ExclusiveLock", false)]
    [InlineData("RowShareLock", "ExclusiveLock", true)]
    [InlineData("RowShareLock", "ShareRowExclusiveLock", false)]
    [InlineData("RowExclusiveLock", "ShareLock", true)]
    [InlineData("RowExclusiveLock", "ShareUpdateExclusiveLock", false)]
    [InlineData("RowExclusiveLock", "RowExclusiveLock", false)]
    [InlineData("ShareUpdateExclusiveLock", "ShareUpdateExclusiveLock", true)]
    [InlineData("ShareUpdateExclusiveLock", "ShareLock", true)]
    [InlineData("ShareLock", "ShareLock", false)]
    [InlineData("ShareLock", "ShareRowExclusiveLock", true)]
    [InlineData("ShareRowExclusiveLock", "ShareRowExclusiveLock", true)]
    [InlineData("ExclusiveLock", "AccessShareLock", false)]
    [InlineData("AccessExclusiveLock", "AccessExclusiveLock", true)]
    [InlineData("SIReadLock", "AccessShareLock", true)]
    public void Modes_conflict_as_the_manual_says_in_either_order(string one, string other, bool conflict)
    {
        Assert.Equal(conflict, LockModes.Conflict(one, other));
        Assert.Equal(conflict, LockModes.Conflict(other, one));
    }
}
