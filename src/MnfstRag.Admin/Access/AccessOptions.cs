namespace MnfstRag.Admin.Access;

/// <summary>Limits of signing in and of sessions: section <c>Access</c>.</summary>
public sealed class AccessOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Access";

    /// <summary>A cookie not used for so long ends.</summary>
    public TimeSpan IdleLimit { get; set; } = TimeSpan.FromHours(1);

    /// <summary>However much it is used, a session ends so long after signing in; open pages end with it.</summary>
    public TimeSpan AbsoluteLimit { get; set; } = TimeSpan.FromHours(12);

    /// <summary>How often an open page asks whether its person may still be here. At most a minute passes after a change.</summary>
    public TimeSpan Revalidation { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>bcrypt cost of new hashes; older cheaper ones are renewed at sign-in.</summary>
    public int BcryptCost { get; set; } = 12;

    /// <summary>Passwords hashed at the same time; 0 means half the processors, at least one.</summary>
    public int ConcurrentHashes { get; set; }

    /// <summary>Sign-ins that may wait for their hash; further ones are told to try again.</summary>
    public int WaitingHashes { get; set; } = 16;

    /// <summary>Wrong passwords or codes in a row before an account rests.</summary>
    public int LockoutAttempts { get; set; } = 5;

    /// <summary>How long it rests. Short on purpose: anybody can bring it about by guessing at another's account. Passkeys keep working.</summary>
    public TimeSpan LockoutTime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Sign-in attempts a minute from one address (IPv6: one /64 network).</summary>
    public int AttemptsPerAddress { get; set; } = 20;

    /// <summary>Sign-in attempts a minute on one account, from all addresses together.</summary>
    public int AttemptsPerAccount { get; set; } = 10;

    /// <summary>Pages that one person may have open at the same time, in all browsers together: each costs memory. 1 to 10,000.</summary>
    public int PagesPerPerson { get; set; } = 50;

    /// <summary>How long invitations, resets and one-time passwords are good.</summary>
    public TimeSpan LinkLifetime { get; set; } = TimeSpan.FromHours(24);

    /// <summary>The host name that passkeys are bound to, for example <c>admin.example.com</c>. Without it there are no passkeys; Development takes localhost.</summary>
    public string? PasskeyDomain { get; set; }
}
