using System.Diagnostics;
using OpenTelemetry;

namespace MnfstRag.Admin.Hosting.Telemetry;

/// <summary>Takes the text of statements out of spans before they are sent: it may hold what a tenant wrote, or a role's password.</summary>
internal sealed class WithoutQueryText : BaseProcessor<Activity>
{
    private static readonly string[] Tags = ["db.query.text", "db.statement", "db.connection_string"];

    /// <inheritdoc />
    public override void OnEnd(Activity data)
    {
        foreach (var tag in Tags)
        {
            data.SetTag(tag, null);
        }
    }
}
