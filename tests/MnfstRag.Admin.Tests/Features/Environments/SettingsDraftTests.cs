using MnfstRag.Admin.Features.Environments;

namespace MnfstRag.Admin.Tests.Features.Environments;

public sealed class SettingsDraftTests
{
    private static readonly SettingsDraft Empty = new(Guid.NewGuid(), "development", 0, 0, "");

    [Theory]
    [InlineData("JWT_SECRET_KEY=hunter2hunter2\n")]
    [InlineData("# the old one: JWT_SECRET_KEY=hunter2hunter2\r\nexport JWT_SECRET_KEY='hunter2hunter2' # why\r\nDB_POOL_SIZE=5")]
    [InlineData("\uFEFFSTRANGE=\"hunter2 hunter2\"\n\n\nnot a line hunter2hunter2\nDATABASE_URL=postgresql://u:hunter2hunter2@h/d\n")]
    [InlineData("A='hunter2hunter2\nover two lines'\nB=1\nA=hunter2hunter2\n")]
    public void What_is_typed_is_hidden_at_once_and_comes_back_to_the_character(string text)
    {
        var draft = Empty.WithText(text);

        Assert.DoesNotContain("hunter2", draft.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", draft.ToString(), StringComparison.Ordinal);
        Assert.Equal(text, draft.Whole());
        Assert.Equal(text, draft.WithText(draft.Text).Whole());
    }

    [Fact]
    public void A_field_is_set_in_its_place_and_taken_out_without_touching_another()
    {
        var draft = Empty.WithText("# first\nDB_POOL_SIZE=5 # small\nJWT_SECRET_KEY=hunter2hunter2\n");

        Assert.Equal("# first\nDB_POOL_SIZE=7 # small\nJWT_SECRET_KEY=hunter2hunter2\n", draft.With("DB_POOL_SIZE", "7")!.Whole());
        Assert.Equal("# first\nJWT_SECRET_KEY=hunter2hunter2\n", draft.Without("DB_POOL_SIZE").Whole());
        Assert.Null(draft.With("DB_POOL_SIZE", "a\nb"));
        var typed = draft.With("JWT_SECRET_KEY", "another-secret-of-mine")!;
        Assert.DoesNotContain("another-secret", typed.Text, StringComparison.Ordinal);
        Assert.Contains("JWT_SECRET_KEY=another-secret-of-mine", typed.Whole(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_mark_that_stands_for_nothing_gives_nothing_away()
    {
        var draft = Empty.WithText("JWT_SECRET_KEY=«typed:99»\n");

        Assert.Equal("JWT_SECRET_KEY=«typed:99»\n", draft.Whole());
    }
}
