namespace MnfstRag.Postgres.Validating;

/// <summary>One item of a checklist, judged. No text of it repeats a secret.</summary>
/// <param name="Key">Its stable name: "production.backup".</param>
/// <param name="Title">What should be so, in the guide's words.</param>
/// <param name="Verdict">Whether it is.</param>
/// <param name="Evidence">What was seen, or why nothing could be.</param>
/// <param name="Remedy">What to do; empty where nothing is to be done.</param>
/// <param name="AsOf">Our clock, when the evidence was so; null without evidence.</param>
/// <param name="IsAttestable">A person may vouch for it where the evidence leaves it open.</param>
public sealed record ChecklistItem(string Key, string Title, ChecklistVerdict Verdict, string Evidence, string Remedy, DateTimeOffset? AsOf, bool IsAttestable = false);
