using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace TlsAppliance.Network.Flows;

/// <summary>
/// Asks the processor for memory that will be read soon. Tables of many connections do not fit into its caches; a look-up whose line was asked for a few frames ago does not
/// wait for it. A hint, without any effect on the result; nothing where there is no such instruction.
/// </summary>
public static class Prefetch
{
    /// <summary>Bytes that come at once.</summary>
    public const int LineLength = 64;

    /// <summary>The cache line in which <paramref name="place"/> begins.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Line<T>(ref readonly T place)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.AsRef(in place)));
        }
    }

    /// <summary>The first lines of an object.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Object(object target, int lines) => Lines(ref Unsafe.As<Fields>(target).First, lines);

    /// <summary>So many lines from <paramref name="place"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Lines<T>(ref readonly T place, int count)
    {
        for (int line = 0; line < count; line++)
        {
            Line(ref Unsafe.AddByteOffset(ref Unsafe.AsRef(in place), line * LineLength));
        }
    }

    /// <summary>Where the fields of any object begin.</summary>
    private sealed class Fields
    {
#pragma warning disable CS0649 // Never made: a view of objects that others have made.
        public byte First;
#pragma warning restore CS0649
    }
}
