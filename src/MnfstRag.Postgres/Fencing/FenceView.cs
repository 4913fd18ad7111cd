namespace MnfstRag.Postgres.Fencing;

/// <summary>One of the fence's views over the product's tables.</summary>
/// <param name="Name">The view, named as the table it stands for.</param>
/// <param name="Columns">Its columns, in order.</param>
/// <param name="Query">What it selects.</param>
internal sealed record FenceView(string Name, IReadOnlyList<string> Columns, string Query);
