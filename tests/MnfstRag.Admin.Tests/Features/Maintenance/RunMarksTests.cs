using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Entities;
using MnfstRag.Admin.Data.Maintenance;
using MnfstRag.Admin.Live.Maintaining;
using MnfstRag.Admin.Live.Recording;

namespace MnfstRag.Admin.Tests.Features.Maintenance;

/// <summary>Runs mark the charts of their environment: each its beginning and its end, however many at once.</summary>
public sealed class RunMarksTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private readonly FakeTimeProvider _clock = new(Noon.AddMilliseconds(700));
    private readonly KeptPast _past = new();
    private readonly RunMarks _marks;

    public RunMarksTests() => _marks = new RunMarks(_past, _clock, NullLogger<RunMarks>.Instance);

    [Fact]
    public async Task A_beginning_and_an_end_are_told_in_words_at_their_second()
    {
        var run = Run();
        await _marks.BeganAsync(run);
        _clock.Advance(TimeSpan.FromSeconds(9));
        await _marks.EndedAsync(run, MaintenanceRunState.LeftSomething);

        Assert.Equal(
            [
                (run.EnvironmentId, Noon, EventKinds.Maintenance, "Maintenance began: Vacuum public.documents."),
                (run.EnvironmentId, Noon.AddSeconds(9), EventKinds.MaintenanceEnded, "Maintenance ended: Vacuum public.documents: left something."),
            ],
            _past.Written.Select(one => (one.Environment, one.Happened.At, one.Happened.Kind, one.Happened.Words)));
    }

    [Fact]
    public async Task Of_several_in_one_second_none_is_lost_and_each_environment_has_its_own_seconds()
    {
        var (first, other) = (Run(), Run());
        await _marks.BeganAsync(first);
        await _marks.BeganAsync(first);
        await _marks.BeganAsync(first);
        await _marks.BeganAsync(other);
        _clock.Advance(TimeSpan.FromSeconds(5));
        await _marks.BeganAsync(first);

        Assert.Equal([0, 1, 2, 0, 5], _past.Written.Select(one => (one.Happened.At - Noon).TotalSeconds));
    }

    [Fact]
    public async Task A_mark_that_cannot_be_written_is_no_fault_of_the_run()
    {
        _past.Fault = new StoreUnavailableException("It is away.", new TimeoutException());

        await _marks.BeganAsync(Run());
        await _marks.EndedAsync(Run(), MaintenanceRunState.Done);
    }

    private static MaintenanceRunRow Run() => new()
    {
        Id = Guid.NewGuid(),
        EnvironmentId = Guid.NewGuid(),
        Key = "key",
        Title = "Vacuum public.documents",
        Kind = "vacuum",
        Operation = "{}",
        Targets = [],
        RequestedBy = "ada",
        Reason = "it was time",
    };
}
