using System.Collections.Frozen;

namespace MnfstRag.Admin.Access.Passwords;

/// <summary>
/// What attackers try first, by its root: lists of breached passwords of twelve and more characters are mostly a common word with
/// digits or signs around it, a word twice, a run of neighbouring keys, or few characters repeated.
/// </summary>
internal static class CommonPasswords
{
    private const int FewestDifferent = 5;
    private const int LongestPeriod = 6;

    private static readonly FrozenSet<string> Roots = FrozenSet.Create(
        StringComparer.Ordinal,
        "password", "passwort", "passwd", "admin", "administrator", "administrador", "root", "superuser", "sysadmin", "letmein", "welcome", "willkommen",
        "qwerty", "qwertz", "azerty", "iloveyou", "changeme", "changemenow", "changeit", "default", "secret", "geheim", "login", "master", "access",
        "dragon", "monkey", "sunshine", "princess", "football", "baseball", "superman", "batman", "starwars", "trustno", "whatever", "michael", "jennifer",
        "computer", "internet", "dashboard", "database", "postgres", "postgresql", "mnfst", "mnfstrag", "mnfstadmin", "mnfstragadmin", "spring", "summer",
        "autumn", "winter", "january", "december", "monday", "company", "testing", "test", "temp", "temporary", "guest", "user", "demo", "example",
        "correcthorsebatterystaple", "opensesame", "abc", "abcdef", "hello", "helloworld", "freedom", "liverpool", "chelsea", "arsenal", "pokemon");

    private static readonly string[] Runs =
    [
        "abcdefghijklmnopqrstuvwxyz", "01234567890123456789", "qwertyuiopasdfghjklzxcvbnm", "qwertzuiopasdfghjklyxcvbnm",
        "azertyuiopqsdfghjklmwxcvbn", "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik", "1q2w3e4r5t6y7u8i9o0p", "qazwsxedcrfvtgbyhnujmikolp",
    ];

    public static bool IsCommon(string password)
    {
        var plain = password.ToLowerInvariant();
        var letters = string.Concat(Unmasked(plain).Where(char.IsLetter));
        return plain.Distinct().Count() < FewestDifferent
            || Repeats(plain)
            || Roots.Contains(letters)
            || Roots.Contains(string.Concat(plain.Where(char.IsLetter)))
            || Roots.Any(root => letters == root + root)
            || Runs.Any(run => IsRun(plain, run));
    }

    private static bool Repeats(string text) =>
        Enumerable.Range(1, LongestPeriod).Any(period => Enumerable.Range(0, text.Length - period).All(at => text[at] == text[at + period]));

    private static bool IsRun(string text, string run) =>
        run.Contains(text, StringComparison.Ordinal)
        || string.Concat(run.Reverse()).Contains(text, StringComparison.Ordinal)
        || (text.Length > run.Length && text.StartsWith(run, StringComparison.Ordinal));

    // p4ssw0rd and its like; a digit at either end is decoration, not a letter.
    private static string Unmasked(string text) => text.Trim([.. "0123456789!?.,;:-_*+#@$%&/()=<>' \""])
        .Replace('0', 'o').Replace('1', 'i').Replace('3', 'e').Replace('4', 'a').Replace('5', 's').Replace('7', 't').Replace('@', 'a').Replace('$', 's').Replace('!', 'i');
}
