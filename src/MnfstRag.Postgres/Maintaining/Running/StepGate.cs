using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>Last look before a step is sent: whether what was planned still fits the server.</summary>
internal static class StepGate
{
    /// <summary>Why it is not sent, and what would clear the way; null when it may go.</summary>
    public static (string Words, MaintenanceOperation? Repair)? Refusal(MaintenanceStep step, StepBooks books)
    {
        if (books.InRecovery && step.Kind is not (StepKind.ResetStatistics or StepKind.Reload or StepKind.SystemSetting))
        {
            return ("The server is a standby by now: it takes changes from its primary alone (25006). Nothing was sent.", null);
        }

        if (books.Fault is { } fault)
        {
            return (fault, null);
        }

        if (step.Kind is StepKind.CreateIndex or StepKind.CreateParentIndex && books.Baseline.Indexes.FirstOrDefault(index => index.Name == step.NewIndex) is { } there)
        {
            return there.IsValid || step.Kind == StepKind.CreateParentIndex
                ? ($"{SqlName.Of(there.Schema, there.Name)} is there by now. Nothing was sent.", null)
                : ($"{SqlName.Of(there.Schema, there.Name)} is there by now, and not valid. Nothing was sent; clear it up first.", ProofJudge.Repair(there));
        }

        return null;
    }
}
