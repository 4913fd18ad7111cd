using MnfstRag.Admin.Access;
using MnfstRag.Admin.Features.Environments;
using MnfstRag.Postgres.Validating;

namespace MnfstRag.Admin.Tests.Features.Environments;

public sealed class SettingsServicesTests : IAsyncLifetime
{
    private SettingsBench _bench = null!;

    public async Task InitializeAsync() => _bench = await SettingsBench.CreateAsync("development", "production");

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task What_is_saved_comes_back_without_its_secrets_and_keeps_them()
    {
        var saved = await SaveAsync(await DraftAsync(), "the first");
        Assert.Equal((1, null), (saved.Revision, saved.Fault));

        var draft = (await _bench.Settings().OpenAsync("development"))!;
        var view = await _bench.Settings().JudgeAsync(draft);
        Assert.Equal((1, 1, false), (draft.Origin, draft.Expected, view.HasChanges));
        Assert.DoesNotContain(SettingsBench.Token, draft.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(_bench.Role.Password, draft.Text + view.Connection, StringComparison.Ordinal);
        var token = view.Fields.Single(field => field.Key == "JWT_SECRET_KEY");
        Assert.Equal((true, true, false, null), (token.IsSet, token.IsHidden, token.IsTyped, token.Shown));
        Assert.Matches("^[0-9a-f]{4}$", token.Fingerprint);

        await SaveAsync(draft.With("DB_POOL_SIZE", "6")!, "one more");
        var stored = (await _bench.Revisions.LatestAsync(draft.EnvironmentId))!;
        Assert.Equal((2, SettingsBench.Token, _bench.Url, "6"), (stored.Number, Value("JWT_SECRET_KEY"), Value("DATABASE_URL"), Value("DB_POOL_SIZE")));

        string? Value(string key) => stored.File!.Find(key)!.Value;
    }

    [Fact]
    public async Task The_audit_names_keys_and_reason_and_no_secret_and_without_the_right_nothing_is_saved()
    {
        await SaveAsync(await DraftAsync(), "the first");
        var audit = await _bench.AuditAsync();
        Assert.Contains("settings.save", audit, StringComparison.Ordinal);
        Assert.Contains("JWT_SECRET_KEY", audit, StringComparison.Ordinal);
        Assert.All(new[] { SettingsBench.Token, _bench.Role.Password }, secret => Assert.DoesNotContain(secret, audit, StringComparison.Ordinal));

        var support = new Caller(Guid.NewGuid(), "sam", [Roles.Support], Roles.PermissionsOf([Roles.Support]));
        var draft = (await _bench.Settings(support).OpenAsync("development"))!.With("DB_POOL_SIZE", "7")!;
        await Assert.ThrowsAsync<PermissionDeniedException>(() => _bench.Saving(support).SaveAsync(draft, "because"));
        await Assert.ThrowsAsync<PermissionDeniedException>(() => _bench.Saving(support).TryAsync(draft));
        await Assert.ThrowsAsync<PermissionDeniedException>(() => _bench.Settings(support).RollBackAsync("development", 1));
        Assert.Equal(1, (await _bench.Revisions.LatestAsync(draft.EnvironmentId))!.Number);
    }

    [Fact]
    public async Task A_server_that_is_away_or_too_small_stands_in_the_way()
    {
        var draft = await DraftAsync();
        var wrong = await SaveAsync(draft.With("DATABASE_URL", _bench.Url.Replace(_bench.Role.Password, "not-the-password", StringComparison.Ordinal))!, "a guess");
        Assert.Null(wrong.Revision);
        Assert.Contains(wrong.Findings, finding => finding is { Key: "DATABASE_URL", Level: FindingLevel.Error } && finding.Rule.StartsWith("live-", StringComparison.Ordinal));

        var large = await SaveAsync(draft.With("DB_POOL_SIZE", "900")!, "more");
        Assert.Null(large.Revision);
        Assert.Contains(large.Findings, finding => finding is { Rule: "live-budget", Level: FindingLevel.Error } && finding.Remedy.Contains("DB_POOL_SIZE=", StringComparison.Ordinal));
        Assert.Null(await _bench.Revisions.LatestAsync(draft.EnvironmentId));
    }

    [Fact]
    public async Task A_stored_password_is_not_sent_to_another_server()
    {
        await SaveAsync(await DraftAsync(), "the first");
        var draft = (await _bench.Settings().OpenAsync("development"))!;
        var moved = draft.WithText(draft.Text.Replace("DATABASE_URL=", "OLD_URL=", StringComparison.Ordinal) + "DATABASE_URL=${OLD_URL}\n");

        var proof = await _bench.Saving().TryAsync(moved);

        Assert.NotEmpty(proof.Findings);
        Assert.Contains(proof.Findings, finding => finding.Rule is "kept-mark" or "secret-again" && finding.Level == FindingLevel.Error);
        Assert.Empty(proof.Budgets);
    }

    [Fact]
    public async Task Of_two_editors_the_second_is_told_and_may_put_the_changes_on_top()
    {
        await SaveAsync(await DraftAsync(), "the first");
        var mine = (await _bench.Settings().OpenAsync("development"))!.With("DB_POOL_TIMEOUT", "17")!.With("JWT_SECRET_KEY", SettingsBench.Token + "00")!;
        var theirs = (await _bench.Settings(SettingsBench.Grace).OpenAsync("development"))!.With("DB_POOL_RECYCLE", "900")!;
        Assert.Equal(2, (await _bench.Saving(SettingsBench.Grace).SaveAsync(theirs, "shorter")).Revision);

        var late = await SaveAsync(mine, "mine");
        Assert.Equal((null, 2, "grace"), (late.Revision, late.Overtaken!.Number, late.Overtaken.By));
        Assert.Equal("DB_POOL_RECYCLE", Assert.Single(late.Overtaken.Changes).Key);

        var rebased = await _bench.Settings().RebaseAsync(mine);
        Assert.Equal(3, (await SaveAsync(rebased, "mine on top")).Revision);
        var stored = (await _bench.Revisions.LatestAsync(mine.EnvironmentId))!.File!;
        Assert.Equal(("17", "900", SettingsBench.Token + "00", _bench.Url), (Value("DB_POOL_TIMEOUT"), Value("DB_POOL_RECYCLE"), Value("JWT_SECRET_KEY"), Value("DATABASE_URL")));

        string? Value(string key) => stored.Find(key)!.Value;
    }

    [Fact]
    public async Task A_roll_back_says_what_was_said_then_as_a_new_revision()
    {
        await SaveAsync(await DraftAsync(), "the first");
        await SaveAsync((await _bench.Settings().OpenAsync("development"))!.With("DB_POOL_SIZE", "6")!.With("JWT_SECRET_KEY", SettingsBench.Token + "11")!, "changed");

        var back = (await _bench.Settings().RollBackAsync("development", 1))!;
        var saved = await SaveAsync(back, "as it was");

        Assert.Equal(3, saved.Revision);
        var (first, third) = ((await _bench.Revisions.FindAsync(back.EnvironmentId, 1))!, (await _bench.Revisions.FindAsync(back.EnvironmentId, 3))!);
        Assert.Equal(first.File!.ToText(), third.File!.ToText());
        Assert.Contains("settings.roll-back", await _bench.AuditAsync(), StringComparison.Ordinal);
        Assert.Equal([3, 2, 1], (await _bench.Settings().RevisionsAsync(back.EnvironmentId)).Select(row => row.Number));
    }

    [Fact]
    public async Task Every_revision_is_listed_in_turn_with_what_it_changed_and_the_oldest_comes_back()
    {
        const int All = SettingsService.RevisionsListed + 3;
        for (var number = 1; number <= All; number++)
        {
            await _bench.SaveAsync("development", $"DATABASE_URL={_bench.Url}\nDB_POOL_SIZE={number}\n");
        }

        var id = (await _bench.Settings().OpenAsync("development"))!.EnvironmentId;
        var newest = await _bench.Settings().RevisionsAsync(id);
        Assert.Equal(Enumerable.Range(4, SettingsService.RevisionsListed).Reverse(), newest.Select(row => row.Number));
        var last = Assert.Single(newest[^1].Changes);
        Assert.Equal(("DB_POOL_SIZE", "3", "4"), (last.Key, last.Before, last.After));

        var oldest = await _bench.Settings().RevisionsAsync(id, upTo: 3);
        Assert.Equal([3, 2, 1], oldest.Select(row => row.Number));
        Assert.Equal(2, oldest[^1].Changes.Count);

        var back = (await _bench.Settings().RollBackAsync("development", 1))!;
        Assert.Contains("DB_POOL_SIZE=1\n", back.Text, StringComparison.Ordinal);
        Assert.Equal(All + 1, (await SaveAsync(back, "as it began")).Revision);
    }

    [Theory]
    [InlineData("DATABASE_URL=postgresql://u:p@169.254.169.254:5432/d?sslmode=disable", "DATABASE_URL")]
    [InlineData("DATABASE_URL=postgresql://u:p@127.0.0.1:1,169.254.169.254:5432/d?sslmode=disable", "DATABASE_URL")]
    [InlineData("DATABASE_URL=postgresql://u:p@/d?host=/var/run/postgresql", "DATABASE_URL")]
    [InlineData("DATABASE_URL=postgresql://u:p@127.0.0.1:22/d?sslmode=disable", "DATABASE_URL")]
    [InlineData("DATABASE_URL=postgresql://u:p@[::ffff:169.254.169.254]:5432/d?sslmode=disable", "DATABASE_URL")]
    [InlineData("DATABASE_URL={url}&sslrootcert=../../../../etc/shadow", "DATABASE_URL")]
    [InlineData("DATABASE_URL={url}\nDB_SSL_MODE=verify-full\nDB_SSL_CA_PATH=/etc/passwd", "DB_SSL_CA_PATH")]
    public async Task What_points_where_it_must_not_is_refused_at_its_key(string text, string key)
    {
        var draft = (await _bench.Settings().OpenAsync("development"))!.WithText(text.Replace("{url}", _bench.Url.Replace("sslmode=disable", "sslmode=verify-full", StringComparison.Ordinal), StringComparison.Ordinal) + "\n");

        var result = await SaveAsync(draft, "a try");

        Assert.Null(result.Revision);
        Assert.Contains(result.Findings, finding => finding.Key == key && finding.Level == FindingLevel.Error);
        Assert.DoesNotContain("root:", string.Join(' ', result.Findings), StringComparison.Ordinal);
        Assert.Null(await _bench.Revisions.LatestAsync(draft.EnvironmentId));
    }

    [Fact]
    public async Task A_link_out_of_the_folder_of_certificates_is_refused_and_a_value_with_a_line_end_is_no_value()
    {
        var link = Path.Combine(Path.GetTempPath(), $"mnfst-{Guid.NewGuid():n}.pem");
        File.CreateSymbolicLink(link, "/etc/passwd");
        try
        {
            var draft = (await DraftAsync()).With("DB_SSL_MODE", "verify-full")!.With("DB_SSL_CA_PATH", link)!
                .With("DATABASE_URL", _bench.Url.Replace("?sslmode=disable", "", StringComparison.Ordinal))!;

            var proof = await _bench.Saving().TryAsync(draft);

            Assert.Contains(proof.Findings, finding => finding is { Key: "DB_SSL_CA_PATH", Level: FindingLevel.Error } && finding.Message.Contains("outside", StringComparison.Ordinal));
            Assert.Null(draft.With("APP_NAME", "a\r\nDEBUG=true"));
        }
        finally
        {
            File.Delete(link);
        }
    }

    [Fact]
    public async Task Environments_that_share_a_server_are_counted_together_and_what_fits_beside_them_is_said()
    {
        Assert.Equal(1, (await SaveAsync(await DraftAsync(), "the first")).Revision);
        var alone = (await _bench.Saving().TryAsync(await DraftAsync())).Budgets.Single();
        Assert.Empty(alone.Shares);
        var other = (await _bench.Settings().OpenAsync("production"))!.WithText($"DATABASE_URL={_bench.Url}\nDB_POOL_SIZE={alone.Available + 20}\nDB_MAX_OVERFLOW=0\n");

        var refused = await _bench.Saving().TryAsync(other);
        var errors = refused.Findings.Where(finding => finding is { Rule: "live-budget", Level: FindingLevel.Error }).ToList();
        Assert.Equal(["DB_MAX_OVERFLOW", "DB_POOL_SIZE"], errors.Select(finding => finding.Key).Order(StringComparer.Ordinal));
        Assert.All(errors, finding => Assert.Contains("10 that development may open", finding.Message, StringComparison.Ordinal));
        Assert.Equal([new BudgetShare("development", 10)], refused.Budgets.Single().Shares);
        var budget = refused.Budgets.Single();
        Assert.Equal(budget.Limit - budget.Reserved - budget.OtherSessions - 10, budget.Available);
        // Other tests come and go on the same server.
        var fits = await _bench.Saving().TryAsync(other.With("DB_POOL_SIZE", $"{budget.SafeMaximum!.Value.PoolSize / 2}")!);
        Assert.DoesNotContain(fits.Findings, finding => finding is { Rule: "live-budget", Level: FindingLevel.Error });
    }

    [Fact]
    public async Task A_pool_without_limit_on_the_same_server_is_told()
    {
        await _bench.SaveAsync("development", $"DATABASE_URL={_bench.Url}\nDB_POOL_SIZE=5\nDB_MAX_OVERFLOW=-1\n");
        var proof = await _bench.Saving().TryAsync((await _bench.Settings().OpenAsync("production"))!.WithText($"DATABASE_URL={_bench.Url}\nDB_POOL_SIZE=2\nDB_MAX_OVERFLOW=0\n"));

        var told = proof.Findings.Where(finding => finding.Rule == "live-budget-shared").ToList();
        Assert.Equal(["DB_MAX_OVERFLOW", "DB_POOL_SIZE"], told.Select(finding => finding.Key).Order(StringComparer.Ordinal));
        Assert.All(told, finding => Assert.Equal(FindingLevel.Warning, finding.Level));
    }

    [Theory]
    [InlineData("", "Say in a few words why")]
    [InlineData("the key is 5d1f2c7e51b0d84a6fb3e1c8a97d5f2046e8b1a3c5d7f90b now", "repeats a secret")]
    public async Task A_reason_is_asked_for_and_must_not_repeat_a_secret(string reason, string words)
    {
        var result = await SaveAsync(await DraftAsync(), reason);

        Assert.Null(result.Revision);
        Assert.Contains(words, result.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_that_two_environments_share_is_told_and_nothing_new_is_not_saved()
    {
        var draft = await DraftAsync();
        await SaveAsync(draft, "the first");
        Assert.Contains("says what the newest revision says", (await SaveAsync((await _bench.Settings().OpenAsync("development"))!, "again")).Fault, StringComparison.Ordinal);

        var other = (await _bench.Settings().OpenAsync("production"))!.WithText($"JWT_SECRET_KEY={SettingsBench.Token}\n");
        Assert.Contains((await _bench.Settings().JudgeAsync(other)).Findings, finding => finding is { Key: "JWT_SECRET_KEY", Rule: "secret-reused", Level: FindingLevel.Error });
        var list = await _bench.Environments().ListAsync();
        Assert.Equal(["development", "production"], list.Select(one => one.Name));
        Assert.StartsWith("secret, fingerprint ", list[0].Values["JWT_SECRET_KEY"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exports_hold_no_secret_unless_the_password_was_typed_again_and_both_are_written_down()
    {
        await SaveAsync(await DraftAsync(), "the first");
        foreach (var form in Enum.GetValues<SettingsForm>())
        {
            var file = await _bench.Exports().WithReferencesAsync("development", form);
            Assert.Contains("${JWT_SECRET_KEY}", file.Text, StringComparison.Ordinal);
            Assert.All(new[] { SettingsBench.Token, _bench.Role.Password }, secret => Assert.DoesNotContain(secret, file.Text, StringComparison.Ordinal));
        }

        var lin = await _bench.AccountAsync("lin", "nine quiet otters drift");
        var refused = await _bench.Exports(lin).WithSecretsAsync("development", SettingsForm.Env, "wrong");
        var given = await _bench.Exports(lin).WithSecretsAsync("development", SettingsForm.AppSettings, "nine quiet otters drift");

        Assert.Equal(("", "The password is not right."), (refused.Text, refused.Fault));
        using var json = System.Text.Json.JsonDocument.Parse(given.Text);
        Assert.Equal(SettingsBench.Token, json.RootElement.GetProperty("JWT_SECRET_KEY").GetString());
        var audit = await _bench.AuditAsync();
        Assert.Equal(2, audit.Split("settings.export-secrets").Length - 1);
        Assert.DoesNotContain(SettingsBench.Token, audit, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a:b")]
    [InlineData("Development")]
    public async Task An_environment_needs_a_name_of_its_own(string name) => Assert.NotNull(await _bench.Environments().AddAsync(name));

    [Fact]
    public async Task An_environment_is_added_once_and_stands_empty()
    {
        Assert.Null(await _bench.Environments().AddAsync(" قيد "));
        Assert.NotNull(await _bench.Environments().AddAsync("قيد"));
        Assert.Contains(await _bench.Environments().ListAsync(), one => one is { Name: "قيد", Latest: null });
    }

    [Fact]
    public async Task An_environment_is_renamed_with_its_revisions_and_removed_with_the_password()
    {
        await SaveAsync(await DraftAsync(), "the first");
        var lin = await _bench.AccountAsync("lin", "nine quiet otters drift");
        Assert.NotNull(await _bench.Environments(lin).RenameAsync("development", "Production"));
        Assert.Contains("configuration", await _bench.Environments(lin, ("Environments:development:Watch", _bench.Url)).RenameAsync("development", "qa"), StringComparison.Ordinal);
        Assert.Null(await _bench.Environments(lin).RenameAsync("development", " qa "));
        Assert.Equal(1, (await _bench.Settings().OpenAsync("qa"))!.Expected);
        Assert.Null(await _bench.Settings().OpenAsync("development"));

        Assert.NotNull(await _bench.Environments(lin).RemoveAsync("qa", "not it"));
        Assert.NotNull(await _bench.Settings().OpenAsync("qa"));
        Assert.Null(await _bench.Environments(lin).RemoveAsync("qa", "nine quiet otters drift"));
        Assert.Null(await _bench.Settings().OpenAsync("qa"));
        Assert.NotNull(await _bench.Environments(lin).RemoveAsync("qa", "nine quiet otters drift"));
        var audit = await _bench.AuditAsync();
        Assert.All(new[] { "environment.rename", "environment.remove", "refused" }, word => Assert.Contains(word, audit, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_megabyte_of_settings_is_refused_and_the_draft_stays()
    {
        var draft = (await DraftAsync()).WithText($"DATABASE_URL={_bench.Url}\nAPP_NAME={new string('x', 1024 * 1024)}\n");

        var result = await SaveAsync(draft, "too much");

        Assert.Null(result.Revision);
        Assert.Contains("1,048,576", result.Fault, StringComparison.Ordinal);
        Assert.Null(await _bench.Revisions.LatestAsync(draft.EnvironmentId));
    }

    private async Task<SettingsDraft> DraftAsync() => (await _bench.Settings().OpenAsync("development"))!.WithText(
        $"""
        # the sample
        DATABASE_URL={_bench.Url}
        DB_POOL_SIZE=5
        DB_MAX_OVERFLOW=5
        export JWT_SECRET_KEY='{SettingsBench.Token}'

        """);

    private Task<SaveResult> SaveAsync(SettingsDraft draft, string reason) => _bench.Saving().SaveAsync(draft, reason);
}
