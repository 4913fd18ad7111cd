using MnfstRag.Postgres.Validating;

namespace MnfstRag.Postgres.Tests.Validating.Live;

public sealed class ConnectionBudgetTests
{
    [Theory]
    [InlineData(5, 10, 1, 90, false)]
    [InlineData(20, 30, 2, 100, false)]
    [InlineData(20, 30, 2, 99, true)]
    [InlineData(0, 10, 1, 1000, true)]
    [InlineData(10, -1, 1, 1000, true)]
    public void A_pool_fits_or_does_not(int size, int overflow, int processes, int available, bool exceeded) =>
        Assert.Equal(exceeded, new ConnectionBudget(size, overflow, processes, available).IsExceeded);

    [Fact]
    public void The_safe_maximum_always_fits_and_wastes_less_than_one_connection_a_process()
    {
        var random = new Random(11);
        for (var i = 0; i < 5_000; i++)
        {
            var budget = new ConnectionBudget(random.Next(0, 200), random.Next(-1, 200), random.Next(1, 64), random.Next(-20, 500));
            if (budget.SafeMaximum is not var (size, overflow) || budget.SafeMaximum is null)
            {
                Assert.True(budget.Available < budget.Processes);
                continue;
            }

            Assert.InRange(size, 1, int.MaxValue);
            Assert.InRange(overflow, 0, int.MaxValue);
            Assert.InRange((size + overflow) * budget.Processes, budget.Available - budget.Processes + 1, budget.Available);
        }
    }
}
