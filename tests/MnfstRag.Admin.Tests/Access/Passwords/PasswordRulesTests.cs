using MnfstRag.Admin.Access.Passwords;

namespace MnfstRag.Admin.Tests.Access.Passwords;

public sealed class PasswordRulesTests
{
    [Theory]
    [InlineData("a quiet blue lantern")]
    [InlineData("korrekt pferd batterie")]
    [InlineData("пароль из слов тут")]
    [InlineData("7h!5 15 n0t c0mm0n")]
    public void A_long_password_of_any_characters_will_do(string password) => Assert.Null(PasswordRules.FaultOf(password, "anna"));

    [Theory]
    [InlineData("short", "too short")]
    [InlineData("elevenchars", "too short")]
    [InlineData("🔑🔑🔑🔑🔑🔑", "too short")]
    [InlineData("Password1234", "tried first")]
    [InlineData("P4ssw0rd!2024", "tried first")]
    [InlineData("qwertyuiopas", "tried first")]
    [InlineData("123456789012", "tried first")]
    [InlineData("aaaaaaaaaaaa", "tried first")]
    [InlineData("abcabcabcabc", "tried first")]
    [InlineData("administrator", "tried first")]
    [InlineData("passwordpassword", "tried first")]
    [InlineData("mnfst-admin-2026", "tried first")]
    [InlineData("1qaz2wsx3edc", "tried first")]
    [InlineData("i am anna-lena here", "sign-in name")]
    public void What_is_tried_first_is_refused_in_words(string password, string words) =>
        Assert.Contains(words, PasswordRules.FaultOf(password, "anna-lena"), StringComparison.Ordinal);

    [Fact]
    public void What_bcrypt_would_cut_is_refused()
    {
        Assert.Null(PasswordRules.FaultOf(string.Concat(Enumerable.Repeat("abcdefgh1", 8)), null));
        Assert.Contains("too long", PasswordRules.FaultOf(string.Concat(Enumerable.Repeat("abcdefgh1", 8)) + "x", null), StringComparison.Ordinal);
        Assert.Contains("too long", PasswordRules.FaultOf("aébcéédéfégéhéiéjékélémé" + new string('é', 30), null), StringComparison.Ordinal);
        Assert.Contains("NUL", PasswordRules.FaultOf("a quiet\0blue lantern", null), StringComparison.Ordinal);
    }
}
