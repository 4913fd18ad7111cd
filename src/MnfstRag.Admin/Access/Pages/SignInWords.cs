using System.Globalization;
using MnfstRag.Admin.Access.SignIn;

namespace MnfstRag.Admin.Access.Pages;

/// <summary>What a person reads when signing in did not work.</summary>
internal static class SignInWords
{
    public static string Of(SignInStep step, AccessOptions options) => step switch
    {
        SignInStep.Refused =>
            $"Name or password is not right, or the account is locked. After {options.LockoutAttempts} wrong passwords an account rests for {Minutes(options.LockoutTime)}; a passkey works meanwhile.",
        SignInStep.Expired => "This one-time password is too old. In Development, start the dashboard again to get another one; otherwise ask an administrator for a reset link.",
        SignInStep.PlainUser =>
            "Your name and password are right, but this is the control room of administrators and tenant admins, and your account is neither. Your chats and documents are in the product itself. If you need access here, ask the administrator of your tenant.",
        SignInStep.Away => "Name or password is not right, or the product's database does not answer at this moment. Try again in a minute; if it stays so, tell an administrator.",
        SignInStep.TooMany => "There were too many attempts in the last minute. Wait a minute and try again.",
        _ => "Too many people sign in at this moment. Try again in a few seconds.",
    };

    public static int StatusOf(SignInStep step) => step switch
    {
        SignInStep.TooMany => StatusCodes.Status429TooManyRequests,
        SignInStep.Busy => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status200OK,
    };

    private static string Minutes(TimeSpan time) => time.TotalMinutes switch
    {
        < 1 => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0} seconds"),
        1 => "a minute",
        var minutes => string.Create(CultureInfo.InvariantCulture, $"{minutes:0.#} minutes"),
    };
}
