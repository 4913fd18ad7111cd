using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Audit;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Features.Audit;
using MnfstRag.Admin.Tests.Data;

namespace MnfstRag.Admin.Tests.Features.Audit;

public sealed class AuditServiceTests : IAsyncLifetime
{
    private static readonly Caller Ada = new(Guid.NewGuid(), "ada", [Roles.Administrator], Roles.PermissionsOf([Roles.Administrator]));
    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());
    private TestStore _store = null!;
    private ServiceProvider _services = null!;

    public async Task InitializeAsync()
    {
        _store = await TestStore.CreateAsync();
        _services = await _store.MigratedAsync();
    }

    public async Task DisposeAsync()
    {
        await _services.DisposeAsync();
        await _store.DisposeAsync();
    }

    [Fact]
    public async Task An_intent_shows_its_outcome_and_without_one_it_is_running_for_a_minute_and_then_unproven()
    {
        var proven = await WriteAsync(new AuditEvent("backend.terminate", AuditPhase.Intent, Ada, "development", "backend 4711"));
        await WriteAsync(new AuditEvent("backend.terminate", AuditPhase.Outcome, Ada, "development", "backend 4711", "gone", proven));
        await WriteAsync(new AuditEvent("backend.cancel", AuditPhase.Intent, Ada, "development", "backend 4712"));
        _clock.SetUtcNow(TimeProvider.System.GetUtcNow());

        var rows = (await Service().SearchAsync(new AuditFilter())).Rows;

        Assert.Equal([3, 2, 1], rows.Select(row => row.Sequence));
        Assert.Equal(AuditProof.Running, rows[0].Proof);
        Assert.Equal((AuditProof.Proven, "gone"), (rows[2].Proof, rows[2].Outcome));

        _clock.Advance(TimeSpan.FromMinutes(2));
        var unproven = Assert.Single((await Service().SearchAsync(new AuditFilter { UnprovenOnly = true })).Rows);
        Assert.Equal((3L, AuditProof.Unproven), (unproven.Sequence, unproven.Proof));
    }

    [Fact]
    public async Task Filters_narrow_and_their_wildcards_are_letters()
    {
        await WriteAsync(new AuditEvent("user.invite", AuditPhase.Event, Ada, Object: "user 100%_sure", Outcome: "done"));
        await WriteAsync(new AuditEvent("backend.cancel", AuditPhase.Event, Ada, "staging", "backend 1", "not found"));
        var service = Service();

        Assert.Equal("user.invite", Assert.Single((await service.SearchAsync(new AuditFilter { Action = "user." })).Rows).Action);
        Assert.Equal("backend.cancel", Assert.Single((await service.SearchAsync(new AuditFilter { Environment = "staging" })).Rows).Action);
        Assert.Equal("user.invite", Assert.Single((await service.SearchAsync(new AuditFilter { Text = "100%_S" })).Rows).Action);
        Assert.Equal("backend.cancel", Assert.Single((await service.SearchAsync(new AuditFilter { Text = "NOT found" })).Rows).Action);
        Assert.Equal(2, (await service.SearchAsync(new AuditFilter { Actor = "AD" })).Rows.Count);
        Assert.Empty((await service.SearchAsync(new AuditFilter { Actor = "%d%x" })).Rows);
        Assert.Empty((await service.SearchAsync(new AuditFilter { To = _clock.GetUtcNow().AddDays(-1) })).Rows);
    }

    [Fact]
    public async Task A_page_holds_its_place_while_rows_are_added()
    {
        for (var number = 0; number <= AuditService.PageSize; number++)
        {
            await WriteAsync(new AuditEvent("user.lock", AuditPhase.Event, Ada, Object: $"user {number}"));
        }

        var first = await Service().SearchAsync(new AuditFilter());
        await WriteAsync(new AuditEvent("user.unlock", AuditPhase.Event, Ada));
        var second = await Service().SearchAsync(new AuditFilter(), first.Before);

        Assert.Equal(AuditService.PageSize, first.Rows.Count);
        Assert.Equal(1, Assert.Single(second.Rows).Sequence);
        Assert.Null(second.Before);
    }

    [Fact]
    public async Task A_story_is_every_row_of_one_correlation_and_nothing_in_it_acts_on_a_screen()
    {
        var correlation = await WriteAsync(new AuditEvent("backend.cancel", AuditPhase.Intent, Ada, Object: "application \u001b[2J\u202eevil"));
        await WriteAsync(new AuditEvent("user.lock", AuditPhase.Event, Ada));
        await WriteAsync(new AuditEvent("backend.cancel", AuditPhase.Outcome, Ada, Outcome: "done", Correlation: correlation));

        var story = await Service().StoryAsync(3);

        Assert.Equal([1, 3], story.Select(row => row.Sequence));
        Assert.Equal("application \\u001B[2J\\u202Eevil", story[0].Object);
        Assert.Empty(await Service().StoryAsync(99));
    }

    [Fact]
    public async Task The_chain_is_verified_and_a_changed_row_is_named()
    {
        await WriteAsync(new AuditEvent("user.lock", AuditPhase.Event, Ada, Object: "user a"));
        await WriteAsync(new AuditEvent("user.lock", AuditPhase.Event, Ada, Object: "user b"));
        Assert.True((await Service().VerifyAsync()).IsIntact);

        await _store.ExecuteAsAsync(_store.Owner, "ALTER TABLE audit.entries DISABLE TRIGGER ALL; UPDATE audit.entries SET object = 'user c' WHERE sequence = 2");

        var verdict = await Service().VerifyAsync();
        Assert.Equal((false, 2L), (verdict.IsIntact, verdict.FirstBad));
    }

    [Fact]
    public async Task Support_reads_nothing()
    {
        var service = Service(new KnownCaller(new Caller(Guid.NewGuid(), "sam", [Roles.Support], Roles.PermissionsOf([Roles.Support]))));

        await Assert.ThrowsAsync<PermissionDeniedException>(() => service.SearchAsync(new AuditFilter()));
        await Assert.ThrowsAsync<PermissionDeniedException>(() => service.StoryAsync(1));
        await Assert.ThrowsAsync<PermissionDeniedException>(() => service.VerifyAsync());
    }

    private AuditService Service(IAccess? access = null) => new(
        access ?? new KnownCaller(Ada),
        _services.GetRequiredService<IDbContextFactory<AdminDbContext>>(),
        _services.GetRequiredService<AuditVerifier>(),
        _clock);

    private Task<Guid> WriteAsync(AuditEvent entry) => _services.GetRequiredService<IAuditLog>().WriteAsync(entry);
}
