using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Entities;
using MnfstRag.Admin.Live.Reaching;
using MnfstRag.Postgres.Connecting;

namespace MnfstRag.Admin.Live.Alerting;

/// <summary>Hands messages to the SMTP server of the configuration, through the outgoing guard, within 10 s.</summary>
internal sealed class MailCarrier(IOptions<AlertOptions> options, IReachList reach, TimeProvider clock) : IAlertCarrier
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    public AlertChannelKind Kind => AlertChannelKind.Email;

    public async Task<string?> SendAsync(AlertChannelRow channel, AlertDeliveryRow delivery, CancellationToken cancellationToken)
    {
        var smtp = options.Value.Smtp;
        if (smtp is not { Host: { Length: > 0 } name, From: { } from } || JsonSerializer.Deserialize<AlertMessage>(delivery.Body, AlertTelling.Json) is not { } message)
        {
            return $"No mail can be sent: {AlertOptions.Section}:Smtp:Host is not set.";
        }

        using var ended = new CancellationTokenSource(Limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, ended.Token);
        try
        {
            var host = new DatabaseHost(name, smtp.Port);
            var (socket, refusal) = await GuardedRoute.ConnectAsync(reach.Policy, host, either.Token);
            if (socket is null)
            {
                return $"{refusal} An administrator allows it on the page of environments if mail is meant to go there.";
            }

            using var client = new SmtpClient();
            await client.ConnectAsync(socket, name, smtp.Port, Encryption(smtp.Security), either.Token);
            if (smtp.User is { Length: > 0 } user)
            {
                await client.AuthenticateAsync(user, await PasswordAsync(smtp, either.Token), either.Token);
            }

            await client.SendAsync(Mail(from, channel, delivery, message), either.Token);
            await client.DisconnectAsync(quit: true, either.Token);
            return null;
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException or ProtocolException or CommandException or MailKit.Security.AuthenticationException or SslHandshakeException or NotSupportedException or UnauthorizedAccessException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Words(exception, $"{name}:{smtp.Port.ToString(CultureInfo.InvariantCulture)}");
        }
    }

    private static SecureSocketOptions Encryption(SmtpSecurity security) => security switch
    {
        SmtpSecurity.Tls => SecureSocketOptions.SslOnConnect,
        SmtpSecurity.None => SecureSocketOptions.None,
        _ => SecureSocketOptions.StartTls,
    };

    private static async Task<string> PasswordAsync(SmtpOptions smtp, CancellationToken cancellationToken) =>
        smtp.PasswordFile is { Length: > 0 } file ? (await File.ReadAllTextAsync(file, cancellationToken)).TrimEnd('\r', '\n') : smtp.Password ?? "";

    private static MimeMessage Mail(string from, AlertChannelRow channel, AlertDeliveryRow delivery, AlertMessage message)
    {
        var mail = new MimeMessage { Subject = delivery.Subject, MessageId = $"{delivery.Id}@mnfst-admin", Date = message.At, Body = new TextPart("plain") { Text = Text(message) } };
        mail.From.Add(MailboxAddress.Parse(from));
        mail.To.AddRange(InternetAddressList.Parse(channel.Place));
        mail.Headers.Add("Auto-Submitted", "auto-generated");
        return mail;
    }

    private static string Text(AlertMessage message)
    {
        var text = new StringBuilder();
        foreach (var alert in message.Alerts)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{(alert.State == "ended" ? "Over" : alert.Level == "critical" ? "Critical" : "Warning")}: {alert.Title} ({alert.Object})")
                .AppendLine(CultureInfo.InvariantCulture, $"  {alert.Evidence}")
                .AppendLine(CultureInfo.InvariantCulture, $"  since {alert.Since.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC{(alert.Until is { } until ? string.Create(CultureInfo.InvariantCulture, $", over at {until.UtcDateTime:HH:mm:ss} UTC") : "")}")
                .AppendLine();
        }

        if (message.More > 0)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"… and {message.More} more.").AppendLine();
        }

        return text.AppendLine(message.Link ?? $"Environment {message.Environment}.").ToString();
    }

    private static string Words(Exception exception, string place) => exception switch
    {
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } => $"Nothing listens at {place}.",
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } => $"The name in {place} does not resolve.",
        OperationCanceledException => string.Create(CultureInfo.InvariantCulture, $"{place} did not answer within {Limit.TotalSeconds:0} s."),
        MailKit.Security.AuthenticationException => $"{place} refused user and password.",
        SslHandshakeException => $"The TLS certificate of {place} does not verify, so nothing was sent.",
        NotSupportedException => $"{place} offers no TLS, and nothing is sent without it.",
        SmtpCommandException refused => string.Create(CultureInfo.InvariantCulture, $"{place} refused the mail with code {(int)refused.StatusCode}."),
        _ => $"{place} broke the connection off or does not speak SMTP.",
    };
}
