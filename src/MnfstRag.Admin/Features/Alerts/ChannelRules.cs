using Microsoft.Extensions.Options;
using MimeKit;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Live.Alerting;
using MnfstRag.Admin.Live.Reaching;
using MnfstRag.Postgres.Advising;
using MnfstRag.Postgres.Connecting;

namespace MnfstRag.Admin.Features.Alerts;

/// <summary>What a channel must be like. Singleton.</summary>
public sealed class ChannelRules(IReachList reach, IOptions<AlertOptions> options)
{
    private const int LongestName = 60;
    private const int LongestAddress = 2000;
    private const int MostRecipients = 20;

    /// <summary>What is wrong with a draft, in words; null when nothing is.</summary>
    public string? FaultOf(ChannelDraft draft) =>
        draft.Name.Trim().Length is 0 or > LongestName ? $"Give it a name of 1 to {LongestName} characters."
        : draft.Least is not (FindingLevel.Warning or FindingLevel.Critical) ? "Choose warnings, or critical alerts alone."
        : draft.Address.Length > LongestAddress || draft.Address.Any(char.IsControl) ? $"An address has at most {LongestAddress} characters, and no line breaks."
        : draft.Kind == AlertChannelKind.Email ? Mail(draft.Address)
        : draft is { Id: not null, Address.Length: 0 } ? null
        : Webhook(draft.Address);

    /// <summary>What may be shown of a webhook's address.</summary>
    internal static string PlaceOf(string address) => GuardedHttp.HostOf(new Uri(address.Trim())).ToString();

    private string? Mail(string recipients)
    {
        if (options.Value.Smtp.Host is not { Length: > 0 })
        {
            return "No mail can be sent: an operator sets Alerts:Smtp:Host and Alerts:Smtp:From first.";
        }

        return !InternetAddressList.TryParse(recipients, out var list) || list.Count == 0 || list.Any(one => one is not MailboxAddress { Address: { } address } || !address.Contains('@', StringComparison.Ordinal))
            ? "Give one or more e-mail addresses, apart by comma."
            : list.Count > MostRecipients ? $"At most {MostRecipients} recipients a channel."
            : null;
    }

    private string? Webhook(string text)
    {
        if (!Uri.TryCreate(text.Trim(), UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http") || address.UserInfo.Length > 0)
        {
            return "Give the receiver's whole address: https://host/path, without user and password before the host.";
        }

        if (address is { Scheme: "http", IsLoopback: false })
        {
            return "Alerts leave this machine over https only.";
        }

        return reach.Policy.Refusal(GuardedHttp.HostOf(address)) is { } refusal
            ? $"{refusal} An administrator allows it on the page of environments if messages are meant to go there."
            : null;
    }
}
