using System.Diagnostics;
using System.Globalization;

namespace MnfstRag.Testing;

/// <summary>A process with its living descendants, from <c>/proc</c>.</summary>
internal static class ProcessTree
{
    /// <summary>User and system time of all of them.</summary>
    public static TimeSpan Cpu(int root)
    {
        var parents = Parents();
        var tree = new HashSet<int> { root };
        for (var known = 0; known < tree.Count;)
        {
            known = tree.Count;
            tree.UnionWith(parents.Where(process => tree.Contains(process.Value)).Select(process => process.Key).ToList());
        }

        return TimeSpan.FromTicks(tree.Sum(id => CpuOf(id).Ticks));
    }

    private static Dictionary<int, int> Parents()
    {
        var parents = new Dictionary<int, int>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) && ParentOf(id) is { } parent)
            {
                parents[id] = parent;
            }
        }

        return parents;
    }

    private static int? ParentOf(int id)
    {
        try
        {
            // "pid (name) state ppid …": the name may hold anything, a closing parenthesis included.
            var stat = File.ReadAllText($"/proc/{id}/stat");
            return int.Parse(stat[(stat.LastIndexOf(')') + 4)..].Split(' ')[0], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            // It has just ended.
            return null;
        }
    }

    private static TimeSpan CpuOf(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return process.TotalProcessorTime;
        }
        catch (Exception fault) when (fault is ArgumentException or InvalidOperationException)
        {
            // It has just ended.
            return TimeSpan.Zero;
        }
    }
}
