using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using MnfstRag.Admin.Data;

namespace MnfstRag.Admin.Access.Passwords;

/// <summary>
/// Plain bcrypt ($2b$), as the product's own. Never "enhanced" bcrypt, which hashes first and is compatible with nothing. bcrypt
/// reads 72 bytes and no more, so a longer password is refused instead of being cut.
/// </summary>
internal sealed partial class BCryptPasswordHasher(IOptions<AccessOptions> options, ILogger<BCryptPasswordHasher> logger) : IPasswordHasher<AdminUser>
{
    /// <summary>What bcrypt reads of a password, in bytes of UTF-8.</summary>
    public const int LongestPassword = 72;

    private const int LeastCost = 4;

    /// <summary>A planted hash of cost 31 would keep a processor busy for days.</summary>
    private const int MostCost = 15;

    private readonly Lazy<string> _nobody = new(() => Hash(Guid.NewGuid().ToString(), options.Value.BcryptCost));

    /// <summary>Whether bcrypt reads all of it: at most 72 bytes, and no NUL, at which other implementations stop.</summary>
    public static bool CanHash(string password) =>
        !password.Contains('\0', StringComparison.Ordinal) && Encoding.UTF8.GetByteCount(password) <= LongestPassword;

    /// <inheritdoc />
    /// <exception cref="ArgumentException">The password cannot be hashed as a whole; password rules refuse it before.</exception>
    public string HashPassword(AdminUser user, string password) => CanHash(password)
        ? Hash(password, options.Value.BcryptCost)
        : throw new ArgumentException($"A password has at most {LongestPassword} bytes and no NUL.", nameof(password));

    /// <inheritdoc />
    public PasswordVerificationResult VerifyHashedPassword(AdminUser user, string hashedPassword, string providedPassword)
    {
        if (CostOf(hashedPassword) is not { } cost)
        {
            PasswordMessages.Unusable(logger, user.Id);
            return VerifyNobody(providedPassword);
        }

        if (!CanHash(providedPassword))
        {
            return VerifyNobody("");
        }

        return !Matches(fault => PasswordMessages.Corrupt(logger, user.Id, fault), hashedPassword, providedPassword)
            ? PasswordVerificationResult.Failed
            : cost < options.Value.BcryptCost ? PasswordVerificationResult.SuccessRehashNeeded : PasswordVerificationResult.Success;
    }

    /// <summary>
    /// Whether it is the password of a hash that another bcrypt made ($2a$, $2b$, $2y$). A hash that is none or costs more than it may, and a
    /// password that would be cut, fail after the time that a wrong password takes.
    /// </summary>
    public bool Verify(string? hash, string password, Guid productUser)
    {
        if (CostOf(hash) is null)
        {
            PasswordMessages.UnusableOfProduct(logger, productUser);
            VerifyNobody(password);
            return false;
        }

        if (!CanHash(password))
        {
            VerifyNobody("");
            return false;
        }

        return Matches(_ => PasswordMessages.UnusableOfProduct(logger, productUser), hash!, password);
    }

    /// <summary>Fails after the time that a wrong password takes: for an account that does not exist or has no password.</summary>
    public PasswordVerificationResult VerifyNobody(string providedPassword)
    {
        _ = BCrypt.Net.BCrypt.Verify(CanHash(providedPassword) ? providedPassword : "", _nobody.Value);
        return PasswordVerificationResult.Failed;
    }

    private static bool Matches(Action<Exception> unusable, string hash, string password)
    {
        try
        {
            return BCrypt.Net.BCrypt.Verify(password, hash);
        }
        catch (Exception fault) when (fault is ArgumentException or BCrypt.Net.SaltParseException or FormatException or IndexOutOfRangeException)
        {
            unusable(fault);
            return false;
        }
    }

    private static int? CostOf(string? hash) =>
        hash is not null && Form().Match(hash) is { Success: true } match
        && int.Parse(match.Groups["cost"].ValueSpan, CultureInfo.InvariantCulture) is >= LeastCost and <= MostCost and var cost
            ? cost
            : null;

    private static string Hash(string password, int cost) => BCrypt.Net.BCrypt.HashPassword(password, BCrypt.Net.BCrypt.GenerateSalt(cost, 'b'));

    [GeneratedRegex(@"^\$2[aby]\$(?<cost>[0-9]{2})\$[./A-Za-z0-9]{53}\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();
}
