using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using MnfstRag.Admin.Live;
using MnfstRag.Admin.Live.Maintaining;
using MnfstRag.Postgres.Maintaining;

namespace MnfstRag.Admin.Features.Maintenance;

/// <summary>Addresses of the plan view. An operation in it is data without SQL: its objects are looked up on the server again, whatever it says.</summary>
public static class PlanUrl
{
    /// <summary>Route of the plan view.</summary>
    public const string Path = "/maintenance/plan";

    /// <summary>Parameter: key of a finding, once for each.</summary>
    public const string RemedyParameter = "remedy";

    /// <summary>Parameter: an operation.</summary>
    public const string OperationParameter = "do";

    /// <summary>Parameter: every stale table.</summary>
    public const string StaleParameter = "stale";

    /// <summary>Longest operation that is read from an address, in characters.</summary>
    private const int Longest = 6000;

    /// <summary>A plan that mends findings.</summary>
    public static string ForRemedies(string environment, IEnumerable<string> keys) =>
        QueryHelpers.AddQueryString(Path, [new(EnvironmentSelection.Parameter, environment), .. keys.Select(key => KeyValuePair.Create(RemedyParameter, (string?)key))]);

    /// <summary>A plan that analyses every stale table.</summary>
    public static string ForStale(string environment) =>
        QueryHelpers.AddQueryString(Path, new Dictionary<string, string?>(StringComparer.Ordinal) { [EnvironmentSelection.Parameter] = environment, [StaleParameter] = "1" });

    /// <summary>A plan of an operation.</summary>
    public static string For(string environment, MaintenanceOperation operation) =>
        QueryHelpers.AddQueryString(Path, new Dictionary<string, string?>(StringComparer.Ordinal) { [EnvironmentSelection.Parameter] = environment, [OperationParameter] = WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(MaintenanceText.Write(operation))) });

    /// <summary>Reads an operation; null when the text is none.</summary>
    public static MaintenanceOperation? Read(string? text)
    {
        if (text is not { Length: > 0 and <= Longest })
        {
            return null;
        }

        try
        {
            return MaintenanceText.Operation(Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(text)));
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
