namespace MnfstRag.Postgres.Fencing;

/// <summary>One statement of a <see cref="FenceScript"/>.</summary>
/// <param name="Why">What it is for, in words, for the person who reviews it.</param>
/// <param name="Sql">The statement, without a closing semicolon.</param>
public sealed record FenceStep(string Why, string Sql);
