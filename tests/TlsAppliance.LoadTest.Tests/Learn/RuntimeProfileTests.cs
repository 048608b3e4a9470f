using TlsAppliance.LoadTest.Learn;

namespace TlsAppliance.LoadTest.Tests.Learn;

public class RuntimeProfileTests
{
    /// <summary>Two methods as the runtime writes them: counts of edges, a probe for types, a value of eight bytes.</summary>
    internal const string Sample = """
        *** START PGO Data, max index = 2 ***
        @@@ codehash 0x52C95CF4 methodhash 0x785AEC60 ilSize 0x0000005E records 0x00000002
        MethodName: TlsAppliance.Example.Table`1[System.Byte].Add
        Signature: instance bool  (unsigned int64,value class System.ReadOnlySpan`1<unsigned int8>)
        Schema InstrumentationKind 385 ILOffset 40 Count 1 Other 46
        3
        Schema InstrumentationKind 385 ILOffset 46 Count 1 Other 0
        4000000000
        @@@ codehash 0x0F84864F methodhash 0xCB18A4BD ilSize 0x0000000A records 0x00000003
        MethodName: TlsAppliance.Example.Walk
        Signature: generic void  ()
        Schema InstrumentationKind 177 ILOffset 6 Count 1 Other 2147483648
        7
        Schema InstrumentationKind 195 ILOffset 6 Count 2 Other 2147483648
        TypeHandle: System.String, System.Private.CoreLib
        TypeHandle: NULL
        Schema InstrumentationKind 578 ILOffset 9 Count 1 Other 0
        5 1
        *** END PGO Data ***
        """;

    [Fact]
    public void Reads_names_lengths_and_counts()
    {
        RuntimeProfile profile = Parse(Sample);

        Assert.True(profile.IsWhole);
        Assert.Equal(["TlsAppliance.Example.Table`1[System.Byte].Add", "TlsAppliance.Example.Walk"], profile.Methods.Select(method => method.Name));
        RecordedMethod add = profile.Methods[0], walk = profile.Methods[1];
        Assert.Equal((0x5E, 2, false, 4_000_000_000), (add.IlBytes, add.ParameterCount, add.IsGeneric, add.Weight));
        Assert.Equal((0, true), (walk.ParameterCount, walk.IsGeneric));
        Assert.Equal((385, 40, 46), (add.Counters[0].Kind, add.Counters[0].Offset, add.Counters[0].Other));
        Assert.Equal(int.MinValue, walk.Counters[0].Other);
        Assert.Equal(["System.String, System.Private.CoreLib", "NULL"], walk.Counters[1].Values);
        Assert.Equal([$"{(1L << 32) + 5}"], walk.Counters[2].Values);
    }

    [Fact]
    public void Drops_the_method_in_which_it_was_cut()
    {
        string[] lines = Sample.ReplaceLineEndings("\n").Split('\n');
        for (int cut = 0; cut < lines.Length; cut++)
        {
            RuntimeProfile profile = RuntimeProfile.Parse(lines[..cut]);
            Assert.False(profile.IsWhole);
            Assert.Equal(cut <= 8 ? 0 : 1, profile.Methods.Count);
        }
    }

    [Theory]
    [InlineData("ilSize 0x", "ilSize ")]
    [InlineData("MethodName: TlsAppliance.Example.Walk", "Name: Walk")]
    [InlineData("void  ()", "void")]
    [InlineData("Count 2", "Count two")]
    [InlineData("TypeHandle: NULL", "NULL")]
    [InlineData("5 1", "5")]
    public void Says_which_line_is_not_as_expected(string written, string instead) =>
        Assert.Contains("line ", Assert.Throws<InvalidDataException>(() => Parse(Sample.Replace(written, instead, StringComparison.Ordinal))).Message, StringComparison.Ordinal);

    private static RuntimeProfile Parse(string text) => RuntimeProfile.Parse(text.ReplaceLineEndings("\n").Split('\n'));
}
