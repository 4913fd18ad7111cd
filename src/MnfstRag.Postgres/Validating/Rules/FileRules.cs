namespace MnfstRag.Postgres.Validating;

/// <summary>The file as a text: what python-dotenv cannot read, or reads otherwise than it looks.</summary>
internal sealed class FileRules : IRule
{
    /// <summary>Lines that are named where a key stands on many.</summary>
    private const int MostLines = 5;

    public IEnumerable<Finding> Judge(EnvironmentSettings settings) =>
        [.. Whole(settings.File), .. settings.File.Lines.SelectMany(Line), .. Duplicates(settings.File), .. References(settings)];

    private static IEnumerable<Finding> Whole(EnvFile file)
    {
        if (!file.IsUtf8)
        {
            yield return Finding.Error("file", "file-encoding",
                "The file is not UTF-8: Python stops with UnicodeDecodeError before it reads a single key.", "Save the file as UTF-8.");
        }

        if (file is { HasByteOrderMark: true, Lines: [var first, ..] })
        {
            yield return first is { Key: { } key, Prefix: [not ('\r' or '\n'), ..] }
                ? Finding.Warning(ShownNames.Key(key, first.Number, first.Value), "byte-order-mark",
                    "An invisible byte order mark stands before this first key. python-dotenv takes it for a part of the name, so the key is not read.",
                    "Save the file as UTF-8 without a byte order mark, or begin it with a comment.")
                : Finding.Note("file", "byte-order-mark",
                    "The file begins with a byte order mark. It does no harm before a comment or a blank line, and hides a key that is put there.", "Save the file as UTF-8 without a byte order mark.");
        }
    }

    private static IEnumerable<Finding> Line(EnvLine line)
    {
        switch (line)
        {
            case { Kind: EnvLineKind.Unreadable }:
                yield return Unreadable(line);
                break;
            case { Kind: EnvLineKind.BareKey, Key: { } key } when KnownSettings.Find(key) is not null:
                yield return Finding.Warning(key, "key-without-value",
                    $"{key} stands on line {line.Number} without an equals sign, so it sets nothing.", $"Write {key}=value, or remove the line.");
                break;
            case { Kind: EnvLineKind.BareKey }:
                yield return Finding.Warning(ShownNames.Line(line.Number), "key-without-value",
                    "The line has no equals sign, so it sets nothing. It may be the rest of a value that was broken over two lines.", "Quote a value that runs over lines, or remove the line.");
                break;
            case { Kind: EnvLineKind.Assignment, Key: { } key, Value: { } value } when KnownSettings.Find(key) is { } setting:
                foreach (var finding in Value(key, value, setting))
                {
                    yield return finding;
                }

                break;
        }
    }

    private static Finding Unreadable(EnvLine line)
    {
        var text = line.Text.TrimStart();
        text = text.StartsWith("export ", StringComparison.Ordinal) ? text[7..].TrimStart() : text;
        var name = text.Split('=')[0].TrimEnd();
        const string Remedy = "Close the quotation mark, escape the ones inside the value by a backslash, and put a comment behind the closing one only.";
        return KnownSettings.Find(name) is not null
            ? Finding.Error(name, "unreadable-line", $"Line {line.Number} cannot be read, so python-dotenv skips it and {name} is not set.", Remedy)
            : Finding.Warning(ShownNames.Line(line.Number), "unreadable-line", "The line cannot be read, so python-dotenv skips it.", Remedy);
    }

    private static IEnumerable<Finding> Value(string key, string value, KnownSetting setting)
    {
        if (value.Any(letter => char.IsControl(letter) && !(setting.Type == SettingType.DatabaseUrls && letter is '\n' or '\r')))
        {
            yield return Finding.Error(key, "control-character",
                $"The value of {key} holds a line break or another control character.", "Write the value on one line. If it came from a terminal or another editor, type it again.");
        }
        else if (value.Length > 0 && (char.IsWhiteSpace(value[0]) || char.IsWhiteSpace(value[^1])))
        {
            yield return Finding.Warning(key, "surrounding-space",
                $"The value of {key} begins or ends with a space inside its quotation marks, and the space belongs to the value.", "Remove the space.");
        }

        if (value.Length == 0 && setting.Type is SettingType.Text or SettingType.FilePath or SettingType.Origins && !setting.IsSecret)
        {
            yield return Finding.Note(key, "empty-value", $"{key} is empty, which counts as set.", "Give it a value, or remove the line.");
        }
    }

    private static IEnumerable<Finding> Duplicates(EnvFile file) =>
        from line in file.Lines
        where line.Kind is EnvLineKind.Assignment
        group line by line.Key! into same
        where same.Count() > 1
        let last = same.Last()
        let earlier = string.Join(", ", same.SkipLast(1).Take(MostLines).Select(line => line.Number))
        select same.All(line => line.Value == last.Value)
            ? Finding.Note(ShownNames.Key(same.Key, last.Number, last.Value), "duplicate-key", $"The key is set more than once, to the same value (lines {earlier} and {last.Number}).", "Keep one.")
            : Finding.Warning(ShownNames.Key(same.Key, last.Number, last.Value), "duplicate-key",
                $"The key is set more than once, to different values (lines {earlier} and {last.Number}). Line {last.Number} wins; a shell or Docker may choose otherwise.", "Keep the line that is meant.");

    private static IEnumerable<Finding> References(EnvironmentSettings settings)
    {
        foreach (var (key, value) in settings.Values.Where(pair => !pair.Value.IsKnown).OrderBy(pair => pair.Value.Line))
        {
            var below = value.Unresolved.Any(settings.Values.ContainsKey);
            var names = string.Join(", ", value.Unresolved.Distinct(StringComparer.Ordinal).Select(ShownNames.Reference));
            yield return Finding.Warning(ShownNames.Key(key, value.Line), "unresolved-reference",
                $"The value refers to {names}, which nothing above it in this file sets. It cannot be checked here; where the process's environment does not have it either, it becomes empty text.",
                below ? "Move the key that it refers to above this line: references are resolved from top to bottom." : "Set it above this line, or make sure that the process's environment has it.");
        }
    }
}
