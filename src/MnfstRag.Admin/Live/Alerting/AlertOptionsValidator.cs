using Microsoft.Extensions.Options;
using MimeKit;

namespace MnfstRag.Admin.Live.Alerting;

/// <summary>Names every fault of <see cref="AlertOptions"/> with its key.</summary>
internal sealed class AlertOptionsValidator : IValidateOptions<AlertOptions>
{
    public ValidateOptionsResult Validate(string? name, AlertOptions options)
    {
        List<string> faults = [];
        Check(options.Interval >= TimeSpan.FromSeconds(1) && options.Interval <= TimeSpan.FromMinutes(5), nameof(options.Interval), "must lie between 00:00:01 and 00:05:00");
        Check(options.GroupWait >= TimeSpan.Zero && options.GroupWait <= TimeSpan.FromMinutes(10), nameof(options.GroupWait), "must lie between 00:00:00 and 00:10:00");
        Check(options.KeepDays is >= 1 and <= 400, nameof(options.KeepDays), "must lie between 1 and 400");
        Check(
            options.PublicUrl is not { Length: > 0 } address || (Uri.TryCreate(address, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"),
            nameof(options.PublicUrl),
            "must be an address that begins with https:// or http://");
        Smtp(options.Smtp);
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);

        void Smtp(SmtpOptions smtp)
        {
            Check(smtp.Port is >= 1 and <= 65535, "Smtp:Port", "must lie between 1 and 65535");
            Check(smtp.PasswordFile is not { Length: > 0 } file || File.Exists(file), "Smtp:PasswordFile", "names a file that cannot be found");
            Check(smtp.Security != SmtpSecurity.None || (string.IsNullOrEmpty(smtp.Password) && string.IsNullOrEmpty(smtp.PasswordFile)), "Smtp:Security", "must be StartTls or Tls where a password is sent");
            if (smtp.Host is { Length: > 0 })
            {
                Check(smtp.From is { Length: > 0 } from && MailboxAddress.TryParse(from, out _), "Smtp:From", "must be the address that mails come from");
            }
        }

        void Check(bool good, string key, string words)
        {
            if (!good)
            {
                faults.Add($"{AlertOptions.Section}:{key} {words}.");
            }
        }
    }
}
