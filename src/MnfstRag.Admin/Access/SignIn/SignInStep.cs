namespace MnfstRag.Admin.Access.SignIn;

/// <summary>Where an attempt to sign in led.</summary>
public enum SignInStep
{
    /// <summary>A session began.</summary>
    Done,

    /// <summary>The password was right; a code is asked for.</summary>
    SecondFactor,

    /// <summary>Name or password is wrong, or the account is locked or rests: not told apart, or names could be tried out.</summary>
    Refused,

    /// <summary>The password was right, but it was a one-time one and its time is over.</summary>
    Expired,

    /// <summary>Too many attempts from there or on that account; nothing was checked.</summary>
    TooMany,

    /// <summary>Too many people sign in now; nothing was checked.</summary>
    Busy,
}
