using Microsoft.Extensions.Options;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Sessions;

namespace MnfstRag.Admin.Tests.Access.Sessions;

public sealed class CircuitSeatsTests
{
    private readonly CircuitSeats _seats = new(Options.Create(new AccessOptions { PagesPerPerson = 3 }));

    [Fact]
    public void A_person_has_so_many_pages_and_another_as_many()
    {
        Assert.All(Enumerable.Range(0, 3), _ => Assert.True(_seats.TryTake("ada")));
        Assert.True(_seats.IsFull("ada"));
        Assert.False(_seats.TryTake("ada"));
        Assert.True(_seats.TryTake("grace"));
        _seats.GiveBack("ada");
        Assert.True(_seats.TryTake("ada"));
    }

    [Fact]
    public void However_many_open_at_once_no_more_are_let_in_and_all_seats_come_back()
    {
        var taken = 0;
        Parallel.For(0, 500, _ => Interlocked.Add(ref taken, _seats.TryTake("ada") ? 1 : 0));
        Assert.Equal(3, taken);
        Parallel.For(0, 3, _ => _seats.GiveBack("ada"));
        _seats.GiveBack("ada");
        Assert.All(Enumerable.Range(0, 3), _ => Assert.True(_seats.TryTake("ada")));
        Assert.False(_seats.TryTake("ada"));
    }
}
