using System.CommandLine;
using MnfstRag.Admin.Access.Audit;

namespace MnfstRag.Admin.Hosting.CommandLine;

/// <summary><c>verify-audit</c>: recomputes the chain of the audit log.</summary>
internal static class VerifyAuditCommand
{
    private static readonly Option<string> Head = new("--head")
    {
        Description = "A head of the chain that the dashboard's log recorded earlier (its messages \"Audit head …\"). A chain that its database's owner rewrote as a whole differs from it; without it only later tampering shows.",
        HelpName = "sequence:hash",
    };

    /// <summary>The command.</summary>
    public static Command Create(ITerminal terminal) => new Command(
        "verify-audit",
        "Recomputes the hash chain of the audit log from its first row and names the first row that was changed, is missing or was put in. Exit code: 0 intact, 2 broken, 64 wrong usage or settings, 70 the store cannot be used.")
    {
        Head,
    }.Over(terminal, async (services, parsed, cancellationToken) =>
    {
        var text = parsed.GetValue(Head);
        if (text is not null && AuditHead.Parse(text) is null)
        {
            terminal.Error("--head must read SEQUENCE:HASH, as the log has it: a number, a colon and 64 hexadecimal digits.");
            return ExitCodes.Usage;
        }

        var verdict = await services.GetRequiredService<AuditVerifier>().VerifyAsync(AuditHead.Parse(text), cancellationToken);
        terminal.Line(verdict.Words);
        return verdict.IsIntact ? ExitCodes.Success : ExitCodes.Failing;
    });
}
