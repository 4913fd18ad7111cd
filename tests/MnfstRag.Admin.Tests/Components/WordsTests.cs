using MnfstRag.Admin.Components;

namespace MnfstRag.Admin.Tests.Components;

public sealed class WordsTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.2, "<1 ms")]
    [InlineData(1, "1 ms")]
    [InlineData(99.9, "99 ms")]
    [InlineData(100, "0.1 s")]
    [InlineData(400, "0.4 s")]
    [InlineData(999, "0.9 s")]
    [InlineData(1_000, "1 s")]
    [InlineData(9_990, "9.9 s")]
    [InlineData(10_000, "10 s")]
    [InlineData(59_999, "59 s")]
    [InlineData(60_000, "1 m")]
    [InlineData(192_431, "3 m 12 s")]
    [InlineData(3_599_999, "59 m 59 s")]
    [InlineData(3_600_000, "1 h")]
    [InlineData(7_500_000, "2 h 5 m")]
    [InlineData(86_399_999, "23 h 59 m")]
    [InlineData(86_400_000, "1 d")]
    [InlineData(273_600_000, "3 d 4 h")]
    [InlineData(-5_000, "−5 s")]
    public void A_duration_is_cut_to_its_two_largest_units(double milliseconds, string words) =>
        Assert.Equal(words, Words.Duration(TimeSpan.FromTicks((long)(milliseconds * TimeSpan.TicksPerMillisecond))));

    [Theory]
    [InlineData(0L, "0")]
    [InlineData(1L, "1 B")]
    [InlineData(1_023L, "1023 B")]
    [InlineData(1_024L, "1 kB")]
    [InlineData(8_192L, "8 kB")]
    [InlineData(1_331_439_861L, "1.24 GB")]
    [InlineData(13_000_000L, "12.4 MB")]
    [InlineData(1_048_575L, "1 MB")]
    [InlineData(1_073_741_823L, "1 GB")]
    [InlineData(long.MaxValue, "8 EB")]
    [InlineData(-2_048L, "−2 kB")]
    public void Bytes_step_by_1024_as_PostgreSQL_names_them(long bytes, string words) => Assert.Equal(words, Words.Bytes(bytes));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.004, "<0.01")]
    [InlineData(0.25, "0.25")]
    [InlineData(3.14159, "3.14")]
    [InlineData(47, "47")]
    [InlineData(47.4, "47")]
    [InlineData(2_000, "2,000")]
    [InlineData(9_999, "9,999")]
    [InlineData(9_999.5, "10 k")]
    [InlineData(12_431, "12.4 k")]
    [InlineData(999_600, "1 M")]
    [InlineData(1_240_000, "1.24 M")]
    [InlineData(5e12, "5 T")]
    [InlineData(-12_431, "−12.4 k")]
    public void A_count_is_exact_below_ten_thousand_and_has_three_digits_above(double count, string words) => Assert.Equal(words, Words.Count(count));

    [Theory]
    [InlineData(0, "0/s")]
    [InlineData(0.3, "0.3/s")]
    [InlineData(47, "47/s")]
    [InlineData(12_431, "12.4 k/s")]
    public void A_rate_is_a_count_a_second(double rate, string words) => Assert.Equal(words, Words.Rate(rate));

    [Theory]
    [InlineData(0, "0%")]
    [InlineData(0.00001, "<0.01%")]
    [InlineData(0.0123, "1.23%")]
    [InlineData(0.47, "47%")]
    [InlineData(0.4712, "47.1%")]
    [InlineData(0.9995, "99.95%")]
    [InlineData(0.99999, ">99.99%")]
    [InlineData(1, "100%")]
    [InlineData(1.5, "150%")]
    public void A_ratio_is_never_rounded_to_all_or_nothing(double ratio, string words) => Assert.Equal(words, Words.Percent(ratio));

    [Fact]
    public void What_is_not_known_is_a_dash_and_never_zero()
    {
        Assert.Equal("–", Words.Duration(null));
        Assert.Equal("–", Words.Bytes(null));
        Assert.Equal("–", Words.Count(null));
        Assert.Equal("–", Words.Count(double.NaN));
        Assert.Equal("–", Words.Rate(double.PositiveInfinity));
        Assert.Equal("–", Words.Percent(double.NaN));
        Assert.Equal("–", Words.Ago(null));
    }

    [Theory]
    [InlineData(0.4, "just now")]
    [InlineData(35, "35 s ago")]
    [InlineData(192, "3 m 12 s ago")]
    [InlineData(-90, "in 1 m 30 s")]
    public void An_age_says_which_way_it_lies(double seconds, string words) => Assert.Equal(words, Words.Ago(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(0, "0 sessions")]
    [InlineData(1, "1 session")]
    [InlineData(12_431, "12.4 k sessions")]
    public void One_is_not_many(long count, string words) => Assert.Equal(words, Words.Plural(count, "session"));

    [Fact]
    public void The_exact_value_keeps_every_digit()
    {
        Assert.Equal("1,331,439,861 bytes", Words.ExactBytes(1_331_439_861));
        Assert.Equal("1 byte", Words.ExactBytes(1));
        Assert.Equal("12,431.25", Words.ExactCount(12_431.25));
        Assert.Equal("192.431 s", Words.ExactDuration(TimeSpan.FromMilliseconds(192_431)));
        Assert.Equal("2026-11-23 14:02:11 UTC", Words.Utc(new DateTimeOffset(2026, 11, 23, 15, 2, 11, TimeSpan.FromHours(1))));
    }
}
