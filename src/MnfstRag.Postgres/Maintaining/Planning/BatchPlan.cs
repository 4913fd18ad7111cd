namespace MnfstRag.Postgres.Maintaining;

/// <summary>Checks what a batch as a whole must keep to.</summary>
internal static class BatchPlan
{
    /// <summary>So many operations at most in one batch.</summary>
    public const int Most = 5000;

    public static void Check(PlanDraft draft, MaintenanceBatch batch)
    {
        if (batch.Operations.IsDefaultOrEmpty)
        {
            draft.No("batch", "The batch has no operation.");
            return;
        }

        if (batch.Operations.Length > Most)
        {
            draft.No("batch", FormattableString.Invariant($"A batch has {Most} operations at most."));
        }

        if (batch.Operations.Any(operation => operation is MaintenanceBatch))
        {
            draft.No("batch", "A batch cannot hold another batch.");
        }

        if (batch.Concurrency is < 1 or > 8)
        {
            draft.No("batch", "One to eight operations run at once.");
        }

        if (batch.FailuresAllowed < 0 || batch.TimeLimit <= TimeSpan.Zero)
        {
            draft.No("batch", "Failures and time cannot be less than nothing.");
        }
    }
}
