using System.Globalization;

namespace MnfstRag.Postgres.Validating;

/// <summary>Every known key's value by itself: is it of its type, and within its range?</summary>
internal sealed class TypeRules : IRule
{
    private const string Rule = "wrong-type";

    public IEnumerable<Finding> Judge(EnvironmentSettings settings) => KnownSettings.All
        .Where(setting => settings.Values.TryGetValue(setting.Key, out var value) && value.IsKnown)
        .Select(setting => Judge(setting, settings.Values[setting.Key].Text))
        .OfType<Finding>();

    private static Finding? Judge(KnownSetting setting, string value) => setting.Type switch
    {
        SettingType.Integer => Number(setting, value),
        SettingType.Boolean when ValueTypes.Boolean(value) is null => Wrong(setting, "neither true nor false", "Write true or false."),
        SettingType.SslMode when !ValueTypes.SslModes.Contains(value, StringComparer.Ordinal) =>
            Wrong(setting, "no sslmode", $"Write one of {string.Join(", ", ValueTypes.SslModes)}, in lower case."),
        SettingType.LogLevel => LogLevel(setting, value),
        SettingType.JwtAlgorithm when !IsAlgorithm(value) && !IsNone(value) =>
            Wrong(setting, "no algorithm that signs tokens", "Write HS256. Capitals matter."),
        SettingType.WebAddress when value.Length > 0 && !IsWebAddress(value) =>
            Wrong(setting, "no http(s) address", "Write https://host:8200."),
        SettingType.EnvironmentName => Environment(setting, value),
        _ => null,
    };

    internal static bool IsNone(string algorithm) => algorithm.Trim().Equals("none", StringComparison.OrdinalIgnoreCase);

    private static bool IsAlgorithm(string value) => ValueTypes.SharedKeyAlgorithms.Contains(value, StringComparer.Ordinal) || ValueTypes.KeyPairAlgorithms.Contains(value, StringComparer.Ordinal);

    private static bool IsWebAddress(string value) => Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https") && uri.Host.Length > 0;

    private static Finding? Number(KnownSetting setting, string value)
    {
        if (ValueTypes.Integer(value) is not { } number)
        {
            return Wrong(setting, "no whole number", $"Write a whole number{(setting.Unit is { } unit ? $" (in {unit})" : "")}{Default(setting)}.");
        }

        if (number < setting.Minimum || number > setting.Maximum)
        {
            return Finding.Error(setting.Key, "out-of-range",
                $"{setting.Key} is {Words(number)}, and only {Words(setting.Minimum)} to {Words(setting.Maximum)}{In(setting)} work.", $"Write a number in that range{Default(setting)}.");
        }

        // 0 and -1 that mean "without limit" are told by the rules that know what follows from it.
        return (number < setting.AdvisedMinimum && !MeansNoLimit(setting.Key, number)) || number > setting.AdvisedMaximum
            ? Finding.Warning(setting.Key, "unusual-value",
                $"{setting.Key} is {Words(number)}; {Words(setting.AdvisedMinimum)} to {Words(setting.AdvisedMaximum)}{In(setting)} are usual. {setting.Summary}", $"Check that it is meant{Default(setting)}.")
            : null;
    }

    private static bool MeansNoLimit(string key, int number) => (key, number) is ("DB_POOL_SIZE", 0) or ("DB_MAX_OVERFLOW", -1) or ("DB_POOL_RECYCLE", -1) or ("DB_CONNECT_TIMEOUT", 0) or ("DB_COMMAND_TIMEOUT", 0);

    private static Finding? LogLevel(KnownSetting setting, string value) =>
        ValueTypes.LogLevels.Contains(value, StringComparer.Ordinal) ? null
        : ValueTypes.LogLevels.Contains(value, StringComparer.OrdinalIgnoreCase)
            ? Finding.Warning(setting.Key, "log-level-case", "The level is not in capitals. Python's logging refuses it unless the program turns it into capitals itself.", $"Write {value.ToUpperInvariant()}.")
            : Wrong(setting, "no level of Python's logging", "Write DEBUG, INFO, WARNING, ERROR or CRITICAL.");

    private static Finding? Environment(KnownSetting setting, string value) => value.Trim().Length == 0
        ? Wrong(setting, "empty", "Write development, staging or production.")
        : EnvironmentKinds.Named(value) is null
            ? Finding.Note(setting.Key, "environment-unknown", "ENVIRONMENT names none of the guide's environments (development, staging, production).")
            : null;

    private static Finding Wrong(KnownSetting setting, string what, string remedy) =>
        Finding.Error(setting.Key, Rule, $"The value of {setting.Key} is {what}. The backend does not start with it, or uses something else.", remedy);

    private static string In(KnownSetting setting) => setting.Unit is { } unit ? $" {unit}" : "";

    private static string Default(KnownSetting setting) => setting switch
    {
        { GuideDefault: { } guide, CodeDefault: { } code } => $" (the guide's default is {guide}, the code's {code})",
        { GuideDefault: { } guide } => $" (the default is {guide})",
        _ => "",
    };

    private static string Words(int? number) => string.Create(CultureInfo.InvariantCulture, $"{number}");
}
