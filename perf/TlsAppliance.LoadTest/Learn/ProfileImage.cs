using System.Globalization;
using System.IO.Compression;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace TlsAppliance.LoadTest.Learn;

/// <summary>
/// A profile as the compiler reads it (<c>.mibc</c>): an assembly that nobody runs. Each assembly that methods were learned of has a global method, whose code names them one after the other and puts
/// behind each name, as constants, what was counted; <c>AssemblyDictionary</c> lists these global methods. The same methods give the same bytes.
/// </summary>
internal static class ProfileImage
{
    private const string GroupPrefix = "Assemblies_";
    private const string Dictionary = "AssemblyDictionary";

    /// <summary>For a type or method that is not named, or cannot be.</summary>
    private const int Unknown = 1;

    /// <summary>A place of a probe that saw nothing.</summary>
    private const string NoHandle = "NULL";

    /// <summary>What the code pushes is never popped, and never run.</summary>
    private const int Stack = 8;

    /// <summary>Before each counter: all four fields follow.</summary>
    private const int AllFields = 15;

    // Identities that change with nothing.
    private static readonly Guid Module = new("3d0f3f5c-9d0e-4c3a-8a55-0e5b9a2f7d61");
    private static readonly BlobContentId Content = new(new Guid("b2a7c1de-51c6-4bfb-9e0c-6a4b1f0c83e2"), 1);
    private static readonly DateTimeOffset Time = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static byte[] Write(IEnumerable<LearnedMethod> methods)
    {
        var metadata = new MetadataBuilder();
        var bodies = new MethodBodyStreamEncoder(new BlobBuilder());
        metadata.AddModule(0, metadata.GetOrAddString("profile.mibc"), metadata.GetOrAddGuid(Module), default, default);
        metadata.AddAssembly(metadata.GetOrAddString("profile"), new Version(0, 0, 0, 0), default, default, default, default);
        metadata.AddTypeDefinition(default, default, metadata.GetOrAddString("<Module>"), default, MetadataTokens.FieldDefinitionHandle(1), MetadataTokens.MethodDefinitionHandle(1));
        var signature = new BlobBuilder();
        new BlobEncoder(signature).MethodSignature().Parameters(0, returned => returned.Void(), _ => { });
        BlobHandle action = metadata.GetOrAddBlob(signature);

        var references = new ReferenceWriter(metadata);
        var dictionary = new InstructionEncoder(new BlobBuilder());
        foreach (IGrouping<string, LearnedMethod> group in methods.GroupBy(method => method.Owner.Assembly.GetName().Name!).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var code = new InstructionEncoder(new BlobBuilder());
            foreach (LearnedMethod method in group)
            {
                Write(code, method, metadata, references);
            }

            dictionary.LoadString(metadata.GetOrAddUserString(group.Key + ";"));
            dictionary.OpCode(ILOpCode.Ldtoken);
            dictionary.Token(Add(GroupPrefix + group.Key, code));
            dictionary.OpCode(ILOpCode.Pop);
        }

        Add(Dictionary, dictionary);
        var image = new BlobBuilder();
        new ManagedPEBuilder(PEHeaderBuilder.CreateLibraryHeader(), new MetadataRootBuilder(metadata), bodies.Builder, deterministicIdProvider: _ => Content).Serialize(image);
        return image.ToArray();

        MethodDefinitionHandle Add(string name, InstructionEncoder code) => metadata.AddMethodDefinition(
            MethodAttributes.Public | MethodAttributes.Static, MethodImplAttributes.IL, metadata.GetOrAddString(name), action, bodies.AddMethodBody(code, Stack), MetadataTokens.ParameterHandle(1));
    }

    /// <summary>In the form that is a third as long: an archive whose only entry is named after the file.</summary>
    public static byte[] Pack(byte[] image, string fileName)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create))
        {
            ZipArchiveEntry entry = archive.CreateEntry(fileName + ".dll", CompressionLevel.SmallestSize);
            entry.LastWriteTime = Time;
            using Stream content = entry.Open();
            content.Write(image);
        }

        return stream.ToArray();
    }

    private static void Write(InstructionEncoder code, LearnedMethod method, MetadataBuilder metadata, ReferenceWriter references)
    {
        code.OpCode(ILOpCode.Ldtoken);
        code.Token(references.Method(method));
        code.LoadString(metadata.GetOrAddUserString("ExclusiveWeight"));
        code.LoadConstantI4((int)Math.Min(method.Weight, int.MaxValue));
        code.LoadString(metadata.GetOrAddUserString("InstrumentationDataStart"));
        foreach (RecordedCounter counter in method.Counters)
        {
            code.LoadConstantI4(AllFields);
            code.LoadConstantI4(counter.Offset);
            code.LoadConstantI4(counter.Kind);
            code.LoadConstantI4(counter.Values.Count);
            code.LoadConstantI4(counter.Other);
            foreach (string value in counter.Values)
            {
                Write(code, counter.Value, value, references);
            }
        }

        code.LoadString(metadata.GetOrAddUserString("InstrumentationDataEnd"));
        code.OpCode(ILOpCode.Pop);
    }

    private static void Write(InstructionEncoder code, CounterValue kind, string value, ReferenceWriter references)
    {
        if (kind is CounterValue.FourBytes or CounterValue.EightBytes)
        {
            long number = long.Parse(value, CultureInfo.InvariantCulture);
            if (number is >= int.MinValue and <= int.MaxValue)
            {
                code.LoadConstantI4((int)number);
            }
            else
            {
                code.LoadConstantI8(number);
            }
        }
        else if (kind == CounterValue.Type && TypeSearch.FindQualified(value) is { } type && ReferenceWriter.CanWrite(type))
        {
            code.OpCode(ILOpCode.Ldtoken);
            code.Token(references.Type(type));
        }
        else
        {
            code.LoadConstantI4(value == NoHandle ? 0 : Unknown);
        }
    }
}
