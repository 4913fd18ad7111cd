namespace MnfstRag.Postgres.Alerting;

/// <summary>What a rule is held against now.</summary>
/// <param name="Object">What it concerns: "mnfst_rag", "public.documents_id_seq"; the alert is named by rule and object.</param>
/// <param name="Value">In the rule's unit.</param>
/// <param name="Evidence">What was measured, in a sentence with figures. No query text, no secret.</param>
public sealed record AlertReading(string Object, double Value, string Evidence);
