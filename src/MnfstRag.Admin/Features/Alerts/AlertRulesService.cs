using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Accounts;
using MnfstRag.Admin.Access.Audit;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Entities;
using MnfstRag.Postgres.Alerting;

namespace MnfstRag.Admin.Features.Alerts;

/// <summary>Thresholds of alerts, an environment at a time. Changing them asks for the password again. Scoped.</summary>
public sealed class AlertRulesService(IAccess access, PasswordAgain passwords, IDbContextFactory<AdminDbContext> contexts, AuditLog audit, TimeProvider clock)
{
    private const int LongestFor = 24 * 60 * 60;

    /// <summary>Every rule as it is in force; null when there is no such environment.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not see alerts.</exception>
    public async Task<IReadOnlyList<RuleSetting>?> ReadAsync(string environment, CancellationToken cancellationToken = default)
    {
        await access.RequireAsync(Permissions.HandleAlerts, cancellationToken);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.Environments.AsNoTracking().SingleOrDefaultAsync(row => row.Name == environment, cancellationToken) is not { } known)
        {
            return null;
        }

        var own = await context.AlertRules.AsNoTracking().Where(row => row.EnvironmentId == known.Id).ToDictionaryAsync(row => row.Rule, StringComparer.Ordinal, cancellationToken);
        return [.. AlertRules.Defaults.Select(rule => own.TryGetValue(rule.Key, out var row)
            ? new RuleSetting(rule, row.Enabled, row.Warning, row.Critical, row.ForSeconds, row.By, row.At)
            : new RuleSetting(rule, Enabled: true, rule.Warning, rule.Critical, (int)rule.For.TotalSeconds, null, null))];
    }

    /// <summary>What is wrong with a draft; null when nothing is.</summary>
    public static string? FaultOf(RuleDraft draft)
    {
        if (AlertRules.Defaults.FirstOrDefault(one => one.Key == draft.Rule) is not { } rule)
        {
            return $"There is no rule called {draft.Rule}.";
        }

        if (draft is { Enabled: true, Warning: null, Critical: null })
        {
            return "A rule without a threshold tells nobody anything: give one, or switch the rule off.";
        }

        if (draft.Warning is double.NaN or < 0 or > 1e9 || draft.Critical is double.NaN or < 0 or > 1e9)
        {
            return $"A threshold lies between 0 and 1,000,000,000{(rule.Unit.Length > 0 ? $" {rule.Unit}" : "")}.";
        }

        if (rule.Unit == "%" && (draft.Warning > 100 || draft.Critical > 100))
        {
            return "More than 100 % is never reached.";
        }

        if (draft is { Warning: { } warning, Critical: { } critical } && (rule.LowerIsWorse ? critical > warning : critical < warning))
        {
            return rule.LowerIsWorse ? "Critical must not be higher than the warning: fewer days left are worse." : "Critical must not be lower than the warning.";
        }

        return draft.ForSeconds is < 0 or > LongestFor ? "The time that a value must stay lies between 0 and 86,400 seconds." : null;
    }

    /// <summary>Sets a rule's thresholds in an environment. Null when done, else why not, in words.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not change alerts; the refusal is in the audit log.</exception>
    public async Task<string?> SaveAsync(string environment, RuleDraft draft, string password, CancellationToken cancellationToken = default)
    {
        var caller = await access.RequireAsync(Permissions.ChangeAlerts, cancellationToken);
        return FaultOf(draft) ?? await passwords.CheckAsync(caller, password) ?? await WriteAsync(
            environment,
            caller,
            draft.Rule,
            row => (row.Enabled, row.Warning, row.Critical, row.ForSeconds, row.By, row.At) = (draft.Enabled, draft.Warning, draft.Critical, draft.ForSeconds, caller.Name, clock.GetUtcNow()),
            cancellationToken);
    }

    /// <summary>Gives a rule its own thresholds back. Null when done, else why not, in words.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not change alerts; the refusal is in the audit log.</exception>
    public async Task<string?> ResetAsync(string environment, string rule, string password, CancellationToken cancellationToken = default)
    {
        var caller = await access.RequireAsync(Permissions.ChangeAlerts, cancellationToken);
        return await passwords.CheckAsync(caller, password) ?? await WriteAsync(environment, caller, rule, change: null, cancellationToken);
    }

    private static string Words(AlertRuleRow? row) => row is null
        ? "default"
        : string.Create(CultureInfo.InvariantCulture, $"{(row.Enabled ? "on" : "off")}, warning {row.Warning?.ToString(CultureInfo.InvariantCulture) ?? "none"}, critical {row.Critical?.ToString(CultureInfo.InvariantCulture) ?? "none"}, for {row.ForSeconds} s");

    private async Task<string?> WriteAsync(string environment, Caller caller, string rule, Action<AlertRuleRow>? change, CancellationToken cancellationToken)
    {
        try
        {
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            return await audit.WithAsync(context, () => ChangeAsync(context, environment, caller, rule, change, cancellationToken), cancellationToken)
                ? null
                : $"There is no environment called {environment} any more, or nothing differs.";
        }
        catch (StoreUnavailableException fault)
        {
            return $"Nothing was changed, because the dashboard's own database could not write it down. {fault.Message}";
        }
    }

    private static async Task<AuditEvent?> ChangeAsync(AdminDbContext context, string environment, Caller caller, string rule, Action<AlertRuleRow>? change, CancellationToken cancellationToken)
    {
        if (await context.Environments.SingleOrDefaultAsync(one => one.Name == environment, cancellationToken) is not { } known)
        {
            return null;
        }

        var row = await context.AlertRules.SingleOrDefaultAsync(one => one.EnvironmentId == known.Id && one.Rule == rule, cancellationToken);
        var before = Words(row);
        if (change is not null)
        {
            if (row is null)
            {
                row = new AlertRuleRow { EnvironmentId = known.Id, Rule = rule, By = caller.Name };
                context.AlertRules.Add(row);
            }

            change(row);
        }
        else if (row is not null)
        {
            context.AlertRules.Remove(row);
            row = null;
        }
        else
        {
            return null;
        }

        await context.SaveChangesAsync(cancellationToken);
        return new AuditEvent("alert.rule", AuditPhase.Event, caller, environment, rule, "done", Details: new Dictionary<string, string>(StringComparer.Ordinal) { ["before"] = before, ["after"] = Words(row) });
    }
}
