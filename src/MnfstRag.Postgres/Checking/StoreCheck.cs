namespace MnfstRag.Postgres.Checking;

/// <summary>A question that only the dashboard can answer, because it needs the dashboard's own store: listed, and skipped with the reason.</summary>
internal sealed class StoreCheck(string name, string title, string reason) : ICheck
{
    public string Name => name;

    public string Title => title;

    public string? Needs => null;

    public Task<CheckOutcome> RunAsync(CheckContext context, CancellationToken cancellationToken) => Task.FromResult(CheckOutcome.Skipped(reason));
}
