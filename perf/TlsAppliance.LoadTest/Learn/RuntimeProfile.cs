using System.Globalization;

namespace TlsAppliance.LoadTest.Learn;

/// <summary>
/// What a run under <c>DOTNET_WritePGOData=1</c> leaves: a text that names each method that was compiled with counters, and after it what they counted. The runtime writes it when the process ends.
/// </summary>
internal sealed class RuntimeProfile
{
    private const string EndMark = "*** END PGO Data ***";
    private const string MethodMark = "@@@ ";
    private const string LengthMark = " ilSize 0x";
    private const string CountersMark = " records 0x";
    private const string NameMark = "MethodName: ";
    private const string SignatureMark = "Signature: ";
    private const string ParametersMark = "  (";
    private const string CounterMark = "Schema ";

    private readonly string[] _lines;
    private int _next;

    private RuntimeProfile(string[] lines)
    {
        _lines = lines;
        IsWhole = lines.Contains(EndMark);
        int end = IsWhole ? lines.Length : Math.Max(0, Array.FindLastIndex(lines, line => line.StartsWith(MethodMark, StringComparison.Ordinal)));
        List<RecordedMethod> methods = [];
        while (_next < end)
        {
            if (_lines[_next].StartsWith(MethodMark, StringComparison.Ordinal))
            {
                methods.Add(ReadMethod());
            }
            else
            {
                _next++;
            }
        }

        Methods = methods;
    }

    /// <summary>In the order of the text; of one that was cut without the last method, for nobody knows what it lacks.</summary>
    public IReadOnlyList<RecordedMethod> Methods { get; }

    /// <summary>False when the text was cut.</summary>
    public bool IsWhole { get; }

    /// <exception cref="InvalidDataException">A line is not as the runtime writes it; the message has its number.</exception>
    public static RuntimeProfile Parse(IEnumerable<string> lines) => new([.. lines]);

    private RecordedMethod ReadMethod()
    {
        string head = Take(MethodMark);
        int length = Hexadecimal(head, LengthMark), counters = Hexadecimal(head, CountersMark);
        string name = Take(NameMark), signature = Take(SignatureMark);
        if (!signature.Contains(ParametersMark, StringComparison.Ordinal))
        {
            throw Refusal();
        }

        List<RecordedCounter> read = [];
        for (int i = 0; i < counters; i++)
        {
            read.Add(ReadCounter());
        }

        return new RecordedMethod(name, signature, length, read);
    }

    /// <summary><c>InstrumentationKind K ILOffset O Count C Other X</c>, then the values.</summary>
    private RecordedCounter ReadCounter()
    {
        string[] words = Take(CounterMark).Split(' ');
        if (words is not ["InstrumentationKind", var kind, "ILOffset", var offset, "Count", var count, "Other", var other]
            || !int.TryParse(kind, CultureInfo.InvariantCulture, out int kindValue)
            || !int.TryParse(offset, CultureInfo.InvariantCulture, out int offsetValue)
            || !ushort.TryParse(count, CultureInfo.InvariantCulture, out ushort countValue)
            || !long.TryParse(other, CultureInfo.InvariantCulture, out long otherValue))
        {
            throw Refusal();
        }

        // Flags use the highest bit, and are written without a sign.
        var counter = new RecordedCounter(kindValue, offsetValue, unchecked((int)otherValue), []);
        return counter with { Values = [.. Enumerable.Range(0, counter.Value == CounterValue.None ? 0 : countValue).Select(_ => TakeValue(counter.Value))] };
    }

    private string TakeValue(CounterValue kind) => kind switch
    {
        CounterValue.Type => Take("TypeHandle: "),
        CounterValue.Method => Take("MethodHandle: "),
        CounterValue.EightBytes when Take("").Split(' ') is [var low, var high] => ((long)Number(high) << 32 | Number(low)).ToString(CultureInfo.InvariantCulture),
        CounterValue.FourBytes => Number(Take("")).ToString(CultureInfo.InvariantCulture),
        _ => throw Refusal(),
    };

    private uint Number(string digits) => uint.TryParse(digits, CultureInfo.InvariantCulture, out uint value) ? value : throw Refusal();

    /// <summary>What follows the mark on the next line.</summary>
    private string Take(string mark)
    {
        string line = _next < _lines.Length ? _lines[_next] : "";
        _next++;
        return line.StartsWith(mark, StringComparison.Ordinal) ? line[mark.Length..] : throw Refusal();
    }

    private int Hexadecimal(string text, string mark)
    {
        int start = text.IndexOf(mark, StringComparison.Ordinal);
        string digits = start < 0 ? "" : text[(start + mark.Length)..].Split(' ')[0];
        return int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int value) ? value : throw Refusal();
    }

    /// <summary>Of the line that was taken last.</summary>
    private InvalidDataException Refusal() => new($"line {_next} of the runtime's profile is not as expected");
}
