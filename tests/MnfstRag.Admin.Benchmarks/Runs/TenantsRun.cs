using System.Diagnostics;
using System.Globalization;
using MnfstRag.Admin.Benchmarks.Measuring;
using MnfstRag.Admin.Benchmarks.Reporting;
using MnfstRag.Testing;

namespace MnfstRag.Admin.Benchmarks.Runs;

/// <summary>
/// Pages of documents and search over messages through the fence, in the product's own tables (shape of the migrations, with the guide's indexes): first,
/// middle and last page, rare, common and absent words; beside OFFSET paging and ILIKE as Adminer sends them, by the tables' owner without a fence.
/// </summary>
internal sealed class TenantsRun : IRun
{
    private const int Tenants = 20;
    private const int PageSize = 50;

    public string Name => "tenants";

    public TimeSpan Limit => TimeSpan.FromMinutes(60);

    public async Task MeasureAsync(Bench bench, RunResult result, CancellationToken cancellationToken)
    {
        var documents = Number("MNFST_BENCH_DOCUMENTS", bench.Choose(1_000_000, 50_000));
        var messages = Number("MNFST_BENCH_MESSAGES", bench.Choose(10_000_000, 100_000));
        await using var server = await PostgresServer.StartOwnAsync(PostgresVersions.Newest, TenantsData.Settings);
        await using var product = await TenantsData.CreateAsync(server, Tenants, documents, messages, cancellationToken);
        result.Add("generating the rows and their indexes", "s", product.Seconds);
        await PagesAsync(product, result, bench.Choose(200, 20), documents / Tenants, cancellationToken);
        await SearchAsync(product, result, bench.Choose(300, 20), cancellationToken);
        result.Notes.Add(string.Create(CultureInfo.InvariantCulture, $"{documents:N0} documents and {messages:N0} messages of {Tenants} tenants, of equal size; PostgreSQL {PostgresVersions.Newest}, shared_buffers 1 GB, on this machine with what else ran on it."));
        result.Notes.Add("Adminer's SQL: SELECT * … LIMIT 50 OFFSET n, and ILIKE '%word%', sent by the owner; without its page, its count and its PHP.");
    }

    private static async Task PagesAsync(TenantsData product, RunResult result, int repeats, int own, CancellationToken cancellationToken)
    {
        // In turn, so that what else the machine does meets all three alike.
        var pages = new List<(string Name, string Filter)> { ("first", "{}") };
        foreach (var (name, offset) in new[] { ("middle", own / 2), ("last", own - PageSize) })
        {
            var (at, id) = await product.RowAsync(offset, cancellationToken);
            pages.Add((name, $"{{\"at\": \"{at}\", \"id\": \"{id}\"}}"));
        }

        var times = pages.ToDictionary(page => page.Name, _ => new List<double>(), StringComparer.Ordinal);
        for (var turn = 0; turn < repeats; turn++)
        {
            foreach (var (name, filter) in pages)
            {
                times[name].AddRange(await TimedAsync(1, () => product.PageAsync(filter, PageSize + 1, cancellationToken), warm: turn == 0 ? 3 : 0));
            }
        }

        foreach (var (name, _) in pages)
        {
            result.Add($"a page through the fence: {name}", "ms", times[name]);
        }

        foreach (var (name, offset) in new[] { ("first", 0), ("middle", own / 2), ("last", own - PageSize) })
        {
            result.Add($"OFFSET, tenant's documents: {name}", "ms", await OwnerAsync(product, $"SELECT * FROM documents WHERE tenant_id = '{product.Tenant}' ORDER BY created_at DESC LIMIT {PageSize} OFFSET {offset}", repeats, cancellationToken));
        }

        foreach (var (name, offset) in new[] { ("middle", own * Tenants / 2), ("last", (own * Tenants) - PageSize) })
        {
            result.Add($"OFFSET, all documents: {name}", "ms", await OwnerAsync(product, $"SELECT * FROM documents ORDER BY created_at DESC LIMIT {PageSize} OFFSET {offset}", Math.Min(repeats, 10), cancellationToken));
        }

        var (base_, worst) = (new Distribution(times["first"]).Median, pages.Skip(1).Max(page => new Distribution(times[page.Name]).Median));
        result.Goals.Add(new Goal("any page at most twice the first (medians)", string.Create(CultureInfo.InvariantCulture, $"{base_:0.00} ms first, {worst:0.00} ms the slowest"), worst <= 2 * base_));
    }

    private static async Task SearchAsync(TenantsData product, RunResult result, int repeats, CancellationToken cancellationToken)
    {
        if (Environment.GetEnvironmentVariable("MNFST_BENCH_PLANS") is { Length: > 0 } path)
        {
            await File.WriteAllTextAsync(path, "", cancellationToken);
            foreach (var word in new[] { TenantsData.Rare, TenantsData.Common, TenantsData.Absent, TenantsData.Foreign })
            {
                await File.AppendAllTextAsync(path, await product.PlansAsync(word, cancellationToken), cancellationToken);
            }
        }

        var slowest = 0d;
        foreach (var (name, word) in new[] { ("rare", TenantsData.Rare), ("common", TenantsData.Common), ("none", TenantsData.Absent), ("of others only", TenantsData.Foreign) })
        {
            var times = await TimedAsync(repeats, () => product.SearchAsync(word, cancellationToken));
            slowest = Math.Max(slowest, P99(times));
            result.Add($"search through the fence: {name}", "ms", times);
            result.Add($"search through the fence: {name}, p99", "ms", P99(times));
        }

        foreach (var (name, word) in new[] { ("rare", TenantsData.Rare), ("common", TenantsData.Common), ("none", TenantsData.Absent) })
        {
            result.Add($"ILIKE in the tenant's messages: {name}", "ms", await OwnerAsync(
                product,
                $"SELECT m.* FROM messages m JOIN sessions s ON s.id = m.session_id JOIN users u ON u.id = s.user_id WHERE u.tenant_id = '{product.Tenant}' AND m.content ILIKE '%{word}%' ORDER BY m.timestamp DESC LIMIT {PageSize}",
                5,
                cancellationToken));
        }

        result.Goals.Add(new Goal("search, p99 at most 60 ms", string.Create(CultureInfo.InvariantCulture, $"{slowest:0.0} ms, the slowest kind of word"), slowest <= 60));
    }

    private static async Task<List<double>> OwnerAsync(TenantsData product, string sql, int repeats, CancellationToken cancellationToken) => await TimedAsync(repeats, async () =>
    {
        await using var command = product.Owner.CreateCommand(sql);
        command.CommandTimeout = 300;
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
        }
    });

    private static async Task<List<double>> TimedAsync(int repeats, Func<Task> act, int warm = 3)
    {
        for (var cold = 0; cold < warm; cold++)
        {
            await act();
        }

        var times = new List<double>();
        for (var repeat = 0; repeat < repeats; repeat++)
        {
            var began = Stopwatch.GetTimestamp();
            await act();
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        return times;
    }

    private static double P99(List<double> times) => times.Order().ElementAt((int)Math.Ceiling(times.Count * 0.99) - 1);

    private static int Number(string variable, int usual) => int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 10_000 ? number : usual;
}
