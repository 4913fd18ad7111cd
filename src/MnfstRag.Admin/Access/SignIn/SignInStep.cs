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

    /// <summary>The password was right for several accounts of the product; one is to be chosen.</summary>
    ChooseTenant,

    /// <summary>The password was right, but the account of the product is a plain user's: there is nothing here for it.</summary>
    PlainUser,

    /// <summary>As <see cref="Refused"/>, or the product's database did not answer: it could not be told apart.</summary>
    Away,

    /// <summary>Too many attempts from there or on that account; nothing was checked.</summary>
    TooMany,

    /// <summary>Too many people sign in now; nothing was checked.</summary>
    Busy,
}
