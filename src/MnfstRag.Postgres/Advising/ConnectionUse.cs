using System.Runtime.InteropServices;

namespace MnfstRag.Postgres.Advising;

/// <summary>Connections in use at one moment: a point of the trend that <see cref="ConnectionTrend"/> judges.</summary>
/// <param name="At">When.</param>
/// <param name="Used">Client connections, all of them.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ConnectionUse(DateTimeOffset At, int Used);
