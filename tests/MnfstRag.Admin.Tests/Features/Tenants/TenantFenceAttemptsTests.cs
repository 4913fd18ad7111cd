using MnfstRag.Admin.Access.Tenants;
using MnfstRag.Admin.Data.Tenants;
using MnfstRag.Admin.Features.Tenants;
using MnfstRag.Postgres.Fencing;
using MnfstRag.Testing;

namespace MnfstRag.Admin.Tests.Features.Tenants;

/// <summary>
/// Attempts on the tenant area with the identities of another tenant's rows: ids in URLs, search, filters, export, batch, forged events, many at once on
/// one connection and behind a pooler. The application's own filter is off: the transaction names tenant A, the question is about B, and the database answers.
/// </summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class TenantFenceAttemptsTests
{
    [Theory]
    [InlineData(ProductShape.Migrations, false)]
    [InlineData(ProductShape.Migrations, true)]
    [InlineData(ProductShape.Guide, false)]
    [InlineData(ProductShape.Guide, true)]
    public async Task More_than_two_hundred_attempts_give_no_row_of_another_tenant(ProductShape shape, bool bounced)
    {
        await using var bench = await TenantBench.StartAsync(shape, connections: bounced ? 8 : 1);
        await using var bouncer = bounced ? await PgBouncer.StartAsync(bench.Fenced.Database.Server, "transaction", ignoresOptions: true, "default_pool_size = 1", role: bench.Fenced.Reader) : null;
        bench.FenceUrl = bouncer?.Url(bench.Fenced.Database.Name) ?? bench.FenceUrl;
        (bench.Filter, bench.AlwaysOwn) = (false, true);
        var theirs = await TheirsAsync(bench);
        var before = await FingerprintAsync(bench);

        var attempts = Attempts(bench, theirs).ToList();
        using var atOnce = new SemaphoreSlim(6);
        var answers = await Task.WhenAll(attempts.Select(async attempt =>
        {
            await atOnce.WaitAsync();
            try
            {
                // One connection for all: whoever waited too long for it asks again.
                for (var turn = 0; ; turn++)
                {
                    try
                    {
                        return (attempt.Name, Came: await attempt.Try());
                    }
                    catch (TenantUnavailableException busy) when (turn < 5 && busy.Message.StartsWith("Too many people", StringComparison.Ordinal))
                    {
                        await Task.Yield();
                    }
                }
            }
            finally
            {
                atOnce.Release();
            }
        }));

        Assert.InRange(attempts.Count, 200, 2000);
        Assert.Empty(answers.Where(answer => answer.Came.Any(text => theirs.Signs.Any(sign => text.Contains(sign, StringComparison.OrdinalIgnoreCase)))).Select(answer => answer.Name));
        Assert.Equal(before, await FingerprintAsync(bench));
    }

    [Theory]
    [InlineData(ProductShape.Migrations)]
    [InlineData(ProductShape.Guide)]
    public async Task The_same_questions_find_something_as_the_other_tenant(ProductShape shape)
    {
        await using var bench = await TenantBench.StartAsync(shape);
        (bench.Filter, bench.AlwaysOwn, bench.Own) = (false, true, ProductSamples.TenantB);
        var theirs = await TheirsAsync(bench);

        var found = 0;
        foreach (var attempt in Attempts(bench, theirs))
        {
            if ((await attempt.Try()).Any(text => theirs.Signs.Any(sign => text.Contains(sign, StringComparison.OrdinalIgnoreCase))))
            {
                found++;
            }
        }

        Assert.InRange(found, 60, 2000);
    }

    [Fact]
    public async Task With_the_filter_on_another_tenants_address_is_not_found()
    {
        await using var bench = await TenantBench.StartAsync(ProductShape.Migrations);

        await Assert.ThrowsAsync<TenantNotFoundException>(() => bench.Documents.PageAsync(null, ProductSamples.TenantB, new DocumentFilter(), null));
        await Assert.ThrowsAsync<TenantNotFoundException>(() => bench.Conversations.PageAsync(null, ProductSamples.TenantB, new SessionFilter(), null));
        await Assert.ThrowsAsync<TenantNotFoundException>(() => bench.List.NameAsync(null, ProductSamples.TenantB));
        await Assert.ThrowsAsync<TenantNotFoundException>(() => bench.Statuses.BeginAsync(null, ProductSamples.TenantB, new StatusChange(null, new DocumentFilter(), null, "uploaded", "a reason")));
        await Assert.ThrowsAsync<TenantNotFoundException>(() => bench.Oddities.LookAsync(null, "duplicate_slug"));
    }

    private static IEnumerable<(string Name, Func<Task<IReadOnlyList<string>>> Try)> Attempts(TenantBench bench, Theirs theirs)
    {
        var other = ProductSamples.TenantB;
        foreach (var id in theirs.Documents)
        {
            yield return ($"document {id}", async () => Words(await bench.Documents.FindAsync(null, other, id)));
            yield return ($"page from document {id}", async () => Words((await bench.Documents.PageAsync(null, other, new DocumentFilter(), new PageCursor(null, id))).Page.Rows));
            yield return ($"page up from document {id}", async () => Words((await bench.Documents.PageAsync(null, other, new DocumentFilter(), new PageCursor(null, id, true))).Page.Rows));
            yield return ($"as a session {id}", async () => Words(await bench.Conversations.ReadAsync(null, other, id, null)));
        }

        foreach (var id in theirs.Sessions)
        {
            yield return ($"transcript {id}", async () => Words(await bench.Conversations.ReadAsync(null, other, id, null)));
            yield return ($"page from session {id}", async () => Words((await bench.Conversations.PageAsync(null, other, new SessionFilter(), new PageCursor(null, id))).Rows));
            foreach (var message in theirs.Messages.Take(3))
            {
                yield return ($"transcript {id} at {message}", async () => Words(await bench.Conversations.ReadAsync(null, other, id, message)));
                yield return ($"part of {id} beyond {message}", async () => Words(await bench.Conversations.ReadAsync(null, other, id, null, new TranscriptLine(message, "user", DateTimeOffset.UnixEpoch, "", 0, true))));
            }
        }

        foreach (var id in theirs.Messages)
        {
            yield return ($"message {id}", async () => Words(await bench.Conversations.MessageAsync(null, other, id)));
            yield return ($"download of {id}", async () => [await bench.FetchAsync(await bench.Transfers.MessageAsync(null, other, id))]);
        }

        foreach (var user in theirs.Users)
        {
            foreach (var filter in new DocumentFilter[] { new() { Uploader = user }, new() { Uploader = user, Status = "error" }, new() { Uploader = user, Find = ProductSamples.WordOfB }, new() { Uploader = user, Find = "hel", Search = NameSearch.Start } })
            {
                yield return ($"documents of {user}", async () => Words((await bench.Documents.PageAsync(null, other, filter, null)).Page.Rows));
                yield return ($"count of {user}", async () => [(await bench.Documents.CountAsync(null, other, filter)).Counted == 0 ? "" : theirs.Signs[0]]);
                yield return ($"export of {user}", async () => [await bench.FetchAsync(await bench.Transfers.ExportAsync(null, other, filter, json: false))]);
                yield return ($"export as JSON of {user}", async () => [await bench.FetchAsync(await bench.Transfers.ExportAsync(null, other, filter, json: true))]);
            }

            yield return ($"sessions of {user}", async () => Words((await bench.Conversations.PageAsync(null, other, new SessionFilter(User: user), null)).Rows));
            yield return ($"sessions of {user} from the end", async () => Words((await bench.Conversations.PageAsync(null, other, new SessionFilter(User: user), PageCursor.Last)).Rows));
            yield return ($"import for {user}", async () => [(await bench.Transfers.ImportAsync(null, other, "x.csv", Csv(user.ToString()), skipFaulty: true)).Made == 0 ? "" : theirs.Signs[0]]);
            yield return ($"people after {user}", async () => Words((await bench.People.ReadAsync(null, other, null, new PersonLine(user, "", "", "", null, null, 0, 0))).People));
        }

        foreach (var words in new[] { ProductSamples.WordOfB, $"\"{ProductSamples.WordOfB} of tenant\"", $"{ProductSamples.WordOfB} or nothing", "-nothing", "tenant b", "' OR 1=1 --", "%", "_", "\\", "b1@example.org", $"{ProductSamples.WordOfB}:*", "\0", "​heliotrope" })
        {
            // What was looked for is said again; only what was found is judged.
            yield return ($"search {words}", async () => (await bench.Search.SearchAsync(null, other, words)) is var found ? [.. Words(found.Messages), .. Words(found.Documents)] : []);
            foreach (var mode in Enum.GetValues<NameSearch>())
            {
                yield return ($"documents with {words}, {mode}", async () => Words((await bench.Documents.PageAsync(null, other, new DocumentFilter { Find = words.Replace("\0", "", StringComparison.Ordinal), Search = mode }, null)).Page.Rows));
            }

            yield return ($"people with {words}", async () => Words((await bench.People.ReadAsync(null, other, words.Replace("\0", "", StringComparison.Ordinal), null)).People));
        }

        foreach (var wanted in DocumentStates.All)
        {
            yield return ($"forged batch to {wanted}", async () => [await ChangedAsync(bench, new StatusChange([.. theirs.Documents], new DocumentFilter(), null, wanted, "a forged event"))]);
        }

        foreach (var filter in new DocumentFilter[] { new(), new() { Status = "error" }, new() { From = DateTimeOffset.UnixEpoch }, new() { Least = 0, Largest = long.MaxValue }, new() { Type = "text/plain" } })
        {
            foreach (var cursor in new[] { null, PageCursor.Last, new PageCursor(DateTimeOffset.MaxValue.AddDays(-1), Guid.Empty) })
            {
                yield return ("page of all", async () => Words((await bench.Documents.PageAsync(null, other, filter, cursor)).Page.Rows));
            }

            yield return ("export of all", async () => [await bench.FetchAsync(await bench.Transfers.ExportAsync(null, other, filter, json: false))]);
        }

        yield return ("people", async () => Words(await bench.People.ReadAsync(null, other, null, null)));
        yield return ("name", async () => Words(await bench.List.NameAsync(null, other)));
        yield return ("facets", async () => Words((await bench.Documents.FacetsAsync(null, other)).Uploaders));
    }

    private static async Task<string> ChangedAsync(TenantBench bench, StatusChange change)
    {
        try
        {
            var (run, _) = await bench.Statuses.BeginAsync(null, ProductSamples.TenantB, change);
            return run is null ? "" : string.Join(' ', (await bench.EndAsync(run)).Changed);
        }
        catch (TenantUnavailableException)
        {
            return "";
        }
    }

    private static byte[] Csv(string uploader) => System.Text.Encoding.UTF8.GetBytes($"original_name,size,mime_type,status,uploader\nx.txt,1,text/plain,processed,{uploader}\n");

    private static IReadOnlyList<string> Words(object? answer) => answer switch
    {
        null => [],
        PeopleView view => [.. Words(view.People), .. Words(view.Chats?.Select(chat => chat.Id)), .. Words(view.Links?.Select(link => link.Url))],
        FoundMessage found => [$"{found} {string.Join(' ', found.Parts)}"],
        Transcript transcript => [transcript.Session.ToString(), .. transcript.Lines.Select(line => line.ToString())],
        string text => [text],
        System.Collections.IEnumerable many => [.. many.Cast<object?>().SelectMany(Words)],
        _ => [answer.ToString()!],
    };

    private static async Task<string?> FingerprintAsync(TenantBench bench) => await bench.Fenced.Database.ScalarAsync<string>(
        $"SELECT string_agg(md5(d::text), ',' ORDER BY d.id) FROM documents d WHERE tenant_id = '{ProductSamples.TenantB}'");

    private static async Task<Theirs> TheirsAsync(TenantBench bench)
    {
        async Task<Guid[]> Ids(string sql) => (await bench.Fenced.Database.ScalarAsync<Guid[]>($"SELECT ARRAY({sql})"))!;
        var documents = await Ids($"SELECT id FROM documents WHERE tenant_id = '{ProductSamples.TenantB}'");
        var users = await Ids($"SELECT id FROM users WHERE tenant_id = '{ProductSamples.TenantB}'");
        var sessions = await Ids($"SELECT id FROM sessions WHERE user_id IN (SELECT id FROM users WHERE tenant_id = '{ProductSamples.TenantB}')");
        var messages = await Ids($"SELECT id FROM messages WHERE content LIKE '%{ProductSamples.WordOfB}%'");
        return new Theirs(documents, sessions, messages, users, [ProductSamples.WordOfB, "b1@example.org", "b2@example.org", .. documents.Concat(sessions).Concat(messages).Concat(users).Select(id => id.ToString())]);
    }

    private sealed record Theirs(Guid[] Documents, Guid[] Sessions, Guid[] Messages, Guid[] Users, IReadOnlyList<string> Signs);
}
