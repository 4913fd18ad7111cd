using System.Diagnostics;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Passwords;
using MnfstRag.Admin.Data;

namespace MnfstRag.Admin.Tests.Access.Passwords;

public sealed class BCryptPasswordHasherTests
{
    private static readonly AdminUser User = new() { UserName = "anna" };

    [Fact]
    public void A_hash_is_plain_bcrypt_of_the_configured_cost_that_others_can_verify()
    {
        var hash = Hasher(10).HashPassword(User, "a quiet blue lantern");

        Assert.StartsWith("$2b$10$", hash, StringComparison.Ordinal);
        Assert.True(BCrypt.Net.BCrypt.Verify("a quiet blue lantern", hash));
        Assert.Equal(PasswordVerificationResult.Success, Hasher(10).VerifyHashedPassword(User, hash, "a quiet blue lantern"));
        Assert.Equal(PasswordVerificationResult.Failed, Hasher(10).VerifyHashedPassword(User, hash, "a quiet blue lanterN"));
    }

    [Fact]
    public void A_cheaper_hash_than_configured_is_to_be_renewed()
    {
        var hash = Hasher(10).HashPassword(User, "a quiet blue lantern");

        Assert.Equal(PasswordVerificationResult.SuccessRehashNeeded, Hasher(11).VerifyHashedPassword(User, hash, "a quiet blue lantern"));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("é")]
    public void The_twin_of_73_bytes_that_bcrypt_would_take_for_the_password_is_refused(string tail)
    {
        var password = new string('a', 72);
        var hash = Hasher(10).HashPassword(User, password);

        Assert.True(BCrypt.Net.BCrypt.Verify(password + tail, hash), "bcrypt itself takes it");
        Assert.Equal(PasswordVerificationResult.Failed, Hasher(10).VerifyHashedPassword(User, hash, password + tail));
        Assert.Throws<ArgumentException>(() => Hasher(10).HashPassword(User, password + tail));
        Assert.Throws<ArgumentException>(() => Hasher(10).HashPassword(User, "a quiet\0lantern"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a hash")]
    [InlineData("$2b$10$tooshort")]
    [InlineData("$2b$31$abcdefghijklmnopqrstuvabcdefghijklmnopqrstuvabcdefghijk12")]
    [InlineData("$2b$31$abcdefghijklmnopqrstuuabcdefghijklmnopqrstuvabcdefghi")]
    [InlineData("$2b$16$abcdefghijklmnopqrstuuabcdefghijklmnopqrstuvabcdefghi")]
    [InlineData("$2b$03$abcdefghijklmnopqrstuuabcdefghijklmnopqrstuvabcdefghi")]
    [InlineData("$2z$10$abcdefghijklmnopqrstuuabcdefghijklmnopqrstuvabcdefghi")]
    [InlineData("$2b$10$!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!")]
    [InlineData("AQAAAAIAAYagAAAAEPbkdf2ofIdentity==")]
    public void A_corrupt_hash_or_one_of_absurd_cost_fails_and_takes_no_longer_than_a_wrong_password(string hash)
    {
        var hasher = Hasher(10);
        hasher.VerifyNobody("warm");
        var watch = Stopwatch.StartNew();

        Assert.Equal(PasswordVerificationResult.Failed, hasher.VerifyHashedPassword(User, hash, "a quiet blue lantern"));
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }

    /// <summary>Made by libxcrypt's crypt(3) ($2b$, $2a$) and by Apache's htpasswd ($2y$), as any bcrypt the product may use would make them.</summary>
    [Theory]
    [InlineData("$2b$12$YeNCE/nzXibQouSROPpW5evokixkxWrcrfEITzlPBb8FPrJyrMEoK")]
    [InlineData("$2a$12$KIXQ4P1C0vR1v1z5yqB9yeo2cg5JsOi4PyDvNE1f7tuF7N3biGpgK")]
    [InlineData("$2y$12$YeNCE/nzXibQouSROPpW5evokixkxWrcrfEITzlPBb8FPrJyrMEoK")]
    [InlineData("$2b$10$Zz0Zz0Zz0Zz0Zz0Zz0Zz0u.uff/2i0wCdc07he5M7T5I7nNZPBFqG")]
    public void Hashes_that_another_bcrypt_made_verify(string hash)
    {
        Assert.True(Hasher(10).Verify(hash, "Correct-horse-9 Ünïcode", Guid.NewGuid()));
        Assert.False(Hasher(10).Verify(hash, "Correct-horse-9 Unicode", Guid.NewGuid()));
    }

    [Fact]
    public void Nobody_is_refused_by_real_work()
    {
        var hasher = Hasher(10);
        var hash = hasher.HashPassword(User, "a quiet blue lantern");
        hasher.VerifyNobody("warm");

        var known = Fastest(() => hasher.VerifyHashedPassword(User, hash, "wrong but long enough"));
        var unknown = Fastest(() => hasher.VerifyNobody("wrong but long enough"));

        // Without the work it would be a thousandth. Wide, for machines that are busy with other things.
        Assert.InRange(unknown / known, 0.2, 5.0);
    }

    private static double Fastest(Action work) => Enumerable.Range(0, 5).Min(_ =>
    {
        var watch = Stopwatch.StartNew();
        work();
        return watch.Elapsed.TotalMilliseconds;
    });

    private static BCryptPasswordHasher Hasher(int cost) =>
        new(Options.Create(new AccessOptions { BcryptCost = cost }), NullLogger<BCryptPasswordHasher>.Instance);
}
