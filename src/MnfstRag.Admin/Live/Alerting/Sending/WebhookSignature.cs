using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MnfstRag.Admin.Live.Alerting;

/// <summary>
/// Signs what is sent, so that a receiver knows who sent it and when: <c>X-Mnfst-Signature: sha256=</c> and the HMAC in hex over the seconds of
/// <c>X-Mnfst-Timestamp</c>, a dot, and the body as it was sent.
/// </summary>
public static class WebhookSignature
{
    /// <summary>Header with the signature.</summary>
    public const string Header = "X-Mnfst-Signature";

    /// <summary>Header with the seconds since 1970 at which it was signed.</summary>
    public const string TimeHeader = "X-Mnfst-Timestamp";

    /// <summary>Header with the message's id.</summary>
    public const string IdHeader = "X-Mnfst-Delivery";

    /// <summary>The value of <see cref="Header"/>.</summary>
    public static string Of(string key, long seconds, string body) =>
        "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seconds}.{body}"))));
}
