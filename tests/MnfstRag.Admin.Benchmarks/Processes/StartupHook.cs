using System.Globalization;
using System.Net.Sockets;
using System.Text;

/// <summary>
/// Runs inside the measured process (the runtime looks for a class of this name without a namespace): answers each connection to a
/// unix socket with the bytes alive after collection. It allocates nothing until asked.
/// </summary>
#pragma warning disable CA1050, MA0047 // The runtime names the type.
internal static class StartupHook
#pragma warning restore CA1050, MA0047
{
    /// <summary>The runtime calls it before the program's own Main.</summary>
    public static void Initialize()
    {
        // The name as HeapProbe.Variable has it; that class is not touched, since it would load this project's packages here.
        if (Environment.GetEnvironmentVariable("MNFST_BENCHMARK_HEAP_SOCKET") is { Length: > 0 } path)
        {
            new Thread(() => Answer(path)) { IsBackground = true, Name = "heap probe" }.Start();
        }
    }

    private static void Answer(string path)
    {
        File.Delete(path);
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();
        while (true)
        {
            using var asked = listener.Accept();
            for (var round = 0; round < 3; round++)
            {
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                GC.WaitForPendingFinalizers();
            }

            asked.Send(Encoding.ASCII.GetBytes(GC.GetTotalMemory(forceFullCollection: true).ToString(CultureInfo.InvariantCulture)));
        }
    }
}
