namespace MnfstRag.Postgres.Checking;

/// <summary>A question that the dashboard's own store answers; without one it is listed all the same, and skipped with the reason.</summary>
internal sealed class StoreCheck(string name, string title, string reason, Func<CancellationToken, Task<CheckOutcome>>? ask = null) : ICheck
{
    public string Name => name;

    public string Title => title;

    public string? Needs => null;

    public bool AsksServer => false;

    public Task<CheckOutcome> RunAsync(CheckContext context, CancellationToken cancellationToken) => ask?.Invoke(cancellationToken) ?? Task.FromResult(CheckOutcome.Skipped(reason));
}
