namespace MnfstRag.Admin.Live.Alerting;

/// <summary>How alerts are judged and sent. Section <c>Alerts</c>.</summary>
public sealed class AlertOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Alerts";

    /// <summary>Time between two looks at the rules. 1 s to 5 min.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>What changes within this time goes out as one message. 0 to 10 min.</summary>
    public TimeSpan GroupWait { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Days for which ended alerts and messages are kept. 1 to 400.</summary>
    public int KeepDays { get; set; } = 90;

    /// <summary>Where people open the dashboard, for links in messages: "https://admin.example.org". Without it messages have none.</summary>
    public string? PublicUrl { get; set; }

    /// <summary>The server that takes mail.</summary>
    public SmtpOptions Smtp { get; set; } = new();
}
