namespace MnfstRag.Postgres.Fencing;

/// <summary>What <see cref="ProductSchemaReader"/> found.</summary>
/// <param name="Schema">The product's tables; null when they are not there or not whole.</param>
/// <param name="Missing">Why there is none: tables and columns that are missing, in words; empty when found.</param>
public sealed record ProductFound(ProductSchema? Schema, IReadOnlyList<string> Missing);
