using System.Text;
using System.Text.Json;
using MnfstRag.Admin.Access.Audit;
using MnfstRag.Admin.Access.Tenants;
using MnfstRag.Admin.Data.Tenants;
using MnfstRag.Admin.Features.Tenants;
using MnfstRag.Postgres.Fencing;
using MnfstRag.Postgres.Watching;
using MnfstRag.Testing;

namespace MnfstRag.Admin.Tests.Features.Tenants;

/// <summary>The tenant area's services on real servers, on both shapes of the product.</summary>
public sealed class TenantServicesTests
{
    [Theory]
    [InlineData(14, ProductShape.Migrations)]
    [InlineData(18, ProductShape.Migrations)]
    [InlineData(14, ProductShape.Guide)]
    [InlineData(18, ProductShape.Guide)]
    public async Task A_tenant_is_read_in_all_its_pages(int major, ProductShape shape)
    {
        await using var bench = await TenantBench.StartAsync(shape, major);
        var tenant = ProductSamples.TenantA;

        var view = await bench.Documents.PageAsync(null, tenant, new DocumentFilter(), null);
        var one = await bench.Documents.FindAsync(null, tenant, view.Page.Rows[0].Id);
        var count = await bench.Documents.CountAsync(null, tenant, new DocumentFilter { Status = "error" });
        var facets = await bench.Documents.FacetsAsync(null, tenant);
        var sessions = await bench.Conversations.PageAsync(null, tenant, new SessionFilter(), null);
        var transcript = await bench.Conversations.ReadAsync(null, tenant, sessions.Rows[0].Id, null);
        var found = await bench.Search.SearchAsync(null, tenant, "gardens");
        var people = await bench.People.ReadAsync(null, tenant, "A", null);
        var overview = await bench.Overview.ReadAsync(null, tenant, 30);
        var name = await bench.List.NameAsync(null, tenant);
        bench.IsStaff = true;
        var list = await bench.List.ListAsync(null, null, null);
        var odd = await bench.Oddities.LookAsync(null, "document_without_tenant");

        Assert.Equal((5, true, true), (view.Page.Rows.Count, view.MayChange, view.MayTransfer));
        Assert.Equal(("error", "a1@example.org", "no text"), (one!.Status, one.Uploader, one.Error));
        Assert.InRange(one.CreatedAt!.Value, TimeProvider.System.GetUtcNow().AddMinutes(-30), TimeProvider.System.GetUtcNow().AddMinutes(30));
        Assert.Equal((5L, null), (count.Counted, count.Estimated));
        Assert.Equal(("text/plain", 3), (Assert.Single(facets.Types), facets.Uploaders.Count));
        Assert.Equal((3, shape == ProductShape.Migrations ? "a" : null), (sessions.Rows.Count, sessions.Rows[0].Chat));
        Assert.Equal((3, 3L, false, false), (transcript!.Lines.Count, transcript.Session.Messages, transcript.Earlier, transcript.Later));
        Assert.Equal(9, found.Messages.Count);
        Assert.Equal("garden", found.Messages[0].Parts[1]);
        Assert.Equal((3, shape == ProductShape.Migrations), (people.People.Count, people.Chats is not null));
        Assert.Equal((5L, 1L), (people.People[0].Documents, people.People[0].Sessions));
        Assert.Equal(5, overview.States.Value!["error"]);
        Assert.Equal(("No text in it", 5L), (overview.Failures.Value![0].Kind.Name, overview.Failures.Value[0].Count));
        Assert.Equal((30, 5d), (overview.Uploads.Value!.Count, overview.Uploads.Value[^1].Values[3]));
        Assert.Equal(9d, overview.Talk.Value![^1].Values[1]);
        Assert.Equal((3L, 3L), (overview.Active.Value!.Users, overview.Active.Value.Talked));
        Assert.All(new[] { overview.States.Fault, overview.Uploads.Fault, overview.Failures.Fault, overview.Times.Fault, overview.Storage.Fault, overview.Talk.Fault, overview.Active.Fault }, Assert.Null);
        Assert.Equal("Ada", name.Name);
        Assert.Equal(["Ada", "Bob"], list.Cards.Select(card => card.Tenant.Name));
        Assert.Equal(5, list.Cards[0].Counts!.Failed);
        Assert.Equal(shape == ProductShape.Migrations ? 1 : 0, odd.Total);

        // The page of queries is about the product: none of these is taken for its own.
        await bench.Fenced.Database.ExecuteAsync("CREATE EXTENSION pg_stat_statements");
        var asked = await bench.Fenced.Database.ScalarAsync<string[]>($"SELECT array_agg(query) FROM pg_stat_statements WHERE userid = '{bench.Fenced.Reader.Name}'::regrole AND query ~* '^[[:space:]]*(select|with)'");
        Assert.True(asked!.Length > 20, $"{asked.Length} statements were seen.");
        Assert.All(asked, text => Assert.True(OwnStatements.AreOwn(text), text));
    }

    [Theory]
    [InlineData(ProductShape.Migrations)]
    [InlineData(ProductShape.Guide)]
    public async Task Failed_documents_are_marked_as_uploaded_in_steps_and_followed(ProductShape shape)
    {
        await using var bench = await TenantBench.StartAsync(shape);
        await bench.Fenced.Database.ExecuteAsync($"""
            INSERT INTO documents (id, filename, original_name, size, mime_type, status, error, tenant_id, user_id, created_at)
            SELECT md5('batch' || n)::uuid, 'f', 'batch ' || n, 1, 'text/plain', '{(shape == ProductShape.Migrations ? "ERROR" : "error")}', 'x', '{ProductSamples.TenantA}', md5('ua1')::uuid, now() - n * interval '1 second' FROM generate_series(1, 2300) n
            """);
        var change = new StatusChange(null, new DocumentFilter { Find = "batch", Search = NameSearch.Start }, "error", "uploaded", "the key of the embedding service was renewed");

        var (short_, why) = await bench.Statuses.BeginAsync(null, ProductSamples.TenantA, change with { Reason = "x" });
        var (begun, _) = await bench.Statuses.BeginAsync(null, ProductSamples.TenantA, change);
        var run = await bench.EndAsync(begun!);
        await bench.Fenced.Database.ExecuteAsync($"UPDATE documents SET status = '{(shape == ProductShape.Migrations ? "PROCESSED" : "processed")}' WHERE id IN (SELECT md5('batch' || n)::uuid FROM generate_series(1, 300) n)");
        var follow = await bench.Statuses.FollowAsync(null, ProductSamples.TenantA, run.Id);
        var (again, none) = await bench.Statuses.BeginAsync(null, ProductSamples.TenantA, change);

        Assert.Null(short_);
        Assert.StartsWith("State why", why, StringComparison.Ordinal);
        Assert.Equal((StatusRunState.Done, 2300, 2300), (run.State, run.Total, run.Changed));
        Assert.Equal((300, 2000, 0), (follow!.MovedOn, follow.Waiting, follow.Failed));
        Assert.Null(again);
        Assert.StartsWith("No document matches", none, StringComparison.Ordinal);
        var (intent, outcome) = (bench.Audited.Single(one => one.Phase == AuditPhase.Intent), bench.Audited.Single(one => one.Phase == AuditPhase.Outcome));
        Assert.Equal(("documents.status", intent.Correlation, "done: 2300 changed of 2300 gone through, 2300 meant"), (intent.Action, outcome.Correlation, outcome.Outcome));
        Assert.Equal(change.Reason, intent.Details!["reason"]);
        Assert.Equal(5L, await bench.Fenced.Database.ScalarAsync<long>($"SELECT count(*) FROM documents WHERE tenant_id = '{ProductSamples.TenantA}' AND lower(status::text) = 'error'"));
    }

    [Fact]
    public async Task A_change_that_meets_a_lock_stops_and_goes_on_where_it_stopped()
    {
        await using var bench = await TenantBench.StartAsync(ProductShape.Migrations);
        var id = await bench.Fenced.Database.ScalarAsync<Guid>("SELECT md5('da3')::uuid");
        await using var holder = await bench.Fenced.Database.OpenAsync();
        await using var transaction = await holder.BeginTransactionAsync();
        await using (var hold = new Npgsql.NpgsqlCommand($"SELECT 1 FROM documents WHERE id = '{id}' FOR UPDATE", holder, transaction))
        {
            await hold.ExecuteNonQueryAsync();
        }

        var (begun, _) = await bench.Statuses.BeginAsync(null, ProductSamples.TenantA, new StatusChange(null, new DocumentFilter(), "error", "uploaded", "try them again"));
        var stopped = await bench.EndAsync(begun!);
        await transaction.RollbackAsync();
        var (resumed, _) = await bench.Statuses.ResumeAsync(null, ProductSamples.TenantA, stopped.Id);
        var done = await bench.EndAsync(resumed!);

        Assert.Equal((StatusRunState.Stopped, 0), (stopped.State, stopped.Changed));
        Assert.StartsWith("Somebody else holds a lock on these rows (55P03).", stopped.Words, StringComparison.Ordinal);
        Assert.Equal((StatusRunState.Done, 5), (done.State, done.Changed));
    }

    [Theory]
    [InlineData(ProductShape.Migrations)]
    [InlineData(ProductShape.Guide)]
    public async Task Records_are_checked_row_by_row_and_imported_all_or_the_good_ones(ProductShape shape)
    {
        await using var bench = await TenantBench.StartAsync(shape);
        var file = Encoding.UTF8.GetBytes("""
            original_name,size,mime_type,status,uploader,created_at
            "good, one.pdf",10,application/pdf,processed,a1@example.org,2026-01-02T03:04:05Z
            bad size.pdf,0,application/pdf,processed,a1@example.org,
            ,x,none,done,,yesterday
            foreign.pdf,10,application/pdf,processed,b1@example.org,
            good two.pdf,10,application/pdf,Error,a2@example.org,
            """);

        var check = await bench.Transfers.CheckAsync(null, ProductSamples.TenantA, "records.csv", file);
        var refused = await bench.Transfers.ImportAsync(null, ProductSamples.TenantA, "records.csv", file, skipFaulty: false);
        var none = await bench.Documents.CountAsync(null, ProductSamples.TenantA, new DocumentFilter());
        var report = await bench.Transfers.ImportAsync(null, ProductSamples.TenantA, "records.csv", file, skipFaulty: true);
        var made = await bench.Documents.PageAsync(null, ProductSamples.TenantA, new DocumentFilter { Find = "good", Search = NameSearch.Part }, null);

        Assert.Equal((5, 2), (check.Rows, check.Good));
        Assert.Equal([3, 4, 5], check.Faults.Select(fault => fault.Line).Distinct());
        Assert.Equal(6, check.Faults.Count(fault => fault.Line == 4));
        Assert.Equal("uploader: b1@example.org is no user of this tenant.", check.Faults.Single(fault => fault.Line == 5).Words);
        Assert.Equal((0L, 5L), (refused.Made, none.Counted));
        Assert.Equal((2L, null), (report.Made, report.Fault));
        Assert.Equal(["good two.pdf", "good, one.pdf"], made.Page.Rows.Select(row => row.Name));
        Assert.Equal(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), made.Page.Rows[1].CreatedAt);
        Assert.Contains(bench.Audited, one => one is { Action: "documents.import", Phase: AuditPhase.Outcome, Outcome: "done: 2 records made" });
    }

    [Theory]
    [InlineData("records.json", "[{\"originalname\": \"a\"}]", "Entry 1 has originalname, which is no field of a record")]
    [InlineData("records.json", "{", "It is no JSON: line 1.")]
    [InlineData("records.json", "[1]", "Entry 1 is no object.")]
    [InlineData("records.csv", "original_name,size,mime_type,status,uploader,password\n", "The head of the file has password, which is no field of a record")]
    [InlineData("records.csv", "original_name,size,mime_type,status,uploader\n", "The file has no rows.")]
    [InlineData("records.csv", "", "The head of the file lacks original_name")]
    public async Task A_file_that_is_none_is_told_so(string name, string text, string words)
    {
        await using var bench = await TenantBench.StartAsync(ProductShape.Migrations);

        var check = await bench.Transfers.CheckAsync(null, ProductSamples.TenantA, name, Encoding.UTF8.GetBytes(text));

        Assert.StartsWith(words, Assert.Single(check.Faults).Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ProductShape.Migrations)]
    [InlineData(ProductShape.Guide)]
    public async Task An_export_is_harmless_in_a_spreadsheet_and_in_a_terminal_and_comes_back(ProductShape shape)
    {
        await using var bench = await TenantBench.StartAsync(shape);
        foreach (var (number, name) in new[] { "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\tTab", "a \"quoted\", name", "esc\u001b[31m\u202Eterces", "two\nlines" }.Index())
        {
            await using var owner = await bench.Fenced.Database.OpenAsync();
            await using var rename = new Npgsql.NpgsqlCommand("INSERT INTO documents (id, filename, original_name, size, mime_type, status, tenant_id, user_id, created_at) SELECT gen_random_uuid(), 'f', $1, 1, 'text/plain', status, tenant_id, user_id, now() FROM documents WHERE id = md5('da1')::uuid", owner) { Parameters = { new() { Value = name } } };
            await rename.ExecuteNonQueryAsync();
            _ = number;
        }

        var csv = await bench.FetchAsync(await bench.Transfers.ExportAsync(null, ProductSamples.TenantA, new DocumentFilter(), json: false));
        var json = await bench.FetchAsync(await bench.Transfers.ExportAsync(null, ProductSamples.TenantA, new DocumentFilter(), json: true));

        Assert.StartsWith("\uFEFFid,original_name,", csv, StringComparison.Ordinal);
        Assert.Equal(14, csv.Split("\r\n").Length - 1);
        foreach (var cell in new[] { "'=cmd|' /C calc'!A0", "'+1+1", "'-2+3", "'@SUM(A1)", "'\tTab", "\"a \"\"quoted\"\", name\"", "esc\\u001B[31m\\u202Eterces", "\"two\nlines\"" })
        {
            Assert.Contains(cell, csv, StringComparison.Ordinal);
        }

        Assert.DoesNotContain('\u001b', csv);
        using var read = JsonDocument.Parse(json);
        Assert.Equal(13, read.RootElement.GetArrayLength());
        Assert.Contains(bench.Audited, one => one.Action == "documents.export");
    }

    [Fact]
    public async Task A_message_of_ten_megabytes_is_never_sent_whole_but_as_a_file()
    {
        await using var bench = await TenantBench.StartAsync(ProductShape.Migrations);
        var session = await bench.Fenced.Database.ScalarAsync<Guid>("SELECT md5('sa2')::uuid");
        await bench.Fenced.Database.ExecuteAsync($"INSERT INTO messages (id, content, role, session_id, timestamp) VALUES (md5('big')::uuid, 'begin ' || repeat('abcdefghij', 1048576), 'USER', '{session}', now() + interval '1 hour')");
        var big = await bench.Fenced.Database.ScalarAsync<Guid>("SELECT md5('big')::uuid");

        var transcript = await bench.Conversations.ReadAsync(null, ProductSamples.TenantA, session, big);
        var more = await bench.Conversations.MessageAsync(null, ProductSamples.TenantA, big);
        var file = await bench.FetchAsync(await bench.Transfers.MessageAsync(null, ProductSamples.TenantA, big));

        var line = transcript!.Lines.Single(one => one.Id == big);
        Assert.Equal((ConversationsService.Beginning, 10485766, false), (line.Text.Length, line.Bytes, line.IsWhole));
        Assert.Equal((ConversationsService.Longest, false), (more!.Text.Length, more.IsWhole));
        Assert.Equal(10485766, file.Length);
    }

    [Fact]
    public async Task A_transcript_is_read_in_parts_and_around_a_message()
    {
        await using var bench = await TenantBench.StartAsync(ProductShape.Guide);
        var session = await bench.Fenced.Database.ScalarAsync<Guid>("SELECT md5('sa1')::uuid");
        await bench.Fenced.Database.ExecuteAsync($"DELETE FROM messages WHERE session_id = '{session}'; INSERT INTO messages (id, content, role, session_id, timestamp) SELECT md5('t' || n)::uuid, 'line ' || n, 'user', '{session}', now() - (500 - n / 3) * interval '1 minute' FROM generate_series(1, 200) n");
        var all = (await bench.Fenced.Database.ScalarAsync<Guid[]>($"SELECT ARRAY(SELECT id FROM messages WHERE session_id = '{session}' ORDER BY timestamp, id)"))!;

        var first = await bench.Conversations.ReadAsync(null, ProductSamples.TenantA, session, null);
        var second = await bench.Conversations.ReadAsync(null, ProductSamples.TenantA, session, null, first!.Lines[^1]);
        var around = await bench.Conversations.ReadAsync(null, ProductSamples.TenantA, session, all[120]);
        var earlier = await bench.Conversations.ReadAsync(null, ProductSamples.TenantA, session, null, around!.Lines[0], earlier: true);

        Assert.Equal(all.Take(60), first.Lines.Select(line => line.Id));
        Assert.Equal((false, true), (first.Earlier, first.Later));
        Assert.Equal(all.Skip(60).Take(60), second!.Lines.Select(line => line.Id));
        Assert.Equal(all.Skip(91).Take(60), around.Lines.Select(line => line.Id));
        Assert.Equal((true, true), (around.Earlier, around.Later));
        Assert.Equal(around.Lines[0].Id, earlier!.Lines[^1].Id);
    }

    [Fact]
    public async Task Content_of_another_needs_a_reason_and_what_was_read_is_written_down()
    {
        await using var bench = await TenantBench.StartAsync(ProductShape.Migrations);
        (bench.IsStaff, bench.ReasonStated) = (true, false);
        var session = await bench.Fenced.Database.ScalarAsync<Guid>("SELECT md5('sa1')::uuid");

        await Assert.ThrowsAsync<ContentReasonNeededException>(() => bench.Documents.PageAsync(null, ProductSamples.TenantA, new DocumentFilter(), null));
        await Assert.ThrowsAsync<ContentReasonNeededException>(() => bench.Conversations.ReadAsync(null, ProductSamples.TenantA, session, null));
        await Assert.ThrowsAsync<ContentReasonNeededException>(() => bench.Search.SearchAsync(null, ProductSamples.TenantA, "garden"));
        await Assert.ThrowsAsync<ContentReasonNeededException>(() => bench.Transfers.ExportAsync(null, ProductSamples.TenantA, new DocumentFilter(), json: true));
        await Assert.ThrowsAsync<ContentReasonNeededException>(() => bench.People.ReadAsync(null, ProductSamples.TenantA, null, null));
        Assert.Empty(bench.Audited);
        bench.ReasonStated = true;
        await bench.Conversations.ReadAsync(null, ProductSamples.TenantA, session, null);
        await bench.Search.SearchAsync(null, ProductSamples.TenantA, "garden");

        Assert.Equal([$"transcript of session {session}", "search for \"garden\""], bench.Audited.Select(one => one.Object));
    }

    [Fact]
    public async Task Without_a_fence_or_a_server_the_reason_is_told()
    {
        await using var bench = await TenantBench.StartAsync(ProductShape.Migrations);
        Assert.True((await bench.Fenced.RemoveAsync()).Done);
        var gone = await Assert.ThrowsAsync<TenantUnavailableException>(() => bench.Documents.PageAsync(null, ProductSamples.TenantA, new DocumentFilter(), null));
        bench.FenceUrl = "postgresql://u:p@127.0.0.1:1/db";
        var away = await Assert.ThrowsAsync<TenantUnavailableException>(() => bench.Documents.PageAsync(null, ProductSamples.TenantA, new DocumentFilter(), null));
        bench.IsStaff = true;
        var list = await Assert.ThrowsAsync<TenantUnavailableException>(() => bench.List.ListAsync(null, null, null));

        Assert.StartsWith("The fence of this environment is older than the dashboard, or gone.", gone.Message, StringComparison.Ordinal);
        Assert.Contains("Nothing listens at 127.0.0.1:1.", away.Message, StringComparison.Ordinal);
        Assert.StartsWith("The fence of this environment lets the watch credential not look over all tenants", list.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_download_serves_once_and_a_cursor_reads_what_it_wrote()
    {
        var downloads = new Downloads(TimeProvider.System);
        var address = downloads.Offer(new Download(Guid.NewGuid(), "x", "text/plain", "e", Guid.NewGuid(), "p", (_, _) => Task.CompletedTask));
        var ticket = address[(address.LastIndexOf('/') + 1)..];
        var at = new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero).AddMicroseconds(123456);

        Assert.NotNull(downloads.Take(ticket));
        Assert.Null(downloads.Take(ticket));
        foreach (var cursor in new[] { new PageCursor(at, Guid.NewGuid()), new PageCursor(null, Guid.NewGuid(), true), PageCursor.Last })
        {
            Assert.Equal(cursor, PageCursor.Parse(cursor.ToString()));
        }

        foreach (var nonsense in new[] { null, "", "d", "d~x~y", "u~999999999999999999999~", "d~1~", "x~1~00000000000000000000000000000000" })
        {
            Assert.Null(PageCursor.Parse(nonsense));
        }
    }
}
