using System.Collections.Immutable;
using System.IO.Compression;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using TlsAppliance.LoadTest.Learn;
using TlsAppliance.Testing;

namespace TlsAppliance.LoadTest.Tests.Learn;

public class ProfileImageTests
{
    [Fact]
    public void Lists_one_group_per_assembly_with_a_reference_to_each_method_and_its_counts()
    {
        using var reader = new PEReader(ImmutableArray.Create(ProfileImage.Write(Sample())));
        MetadataReader metadata = reader.GetMetadataReader();

        string[] globals = [.. metadata.MethodDefinitions.Select(handle => metadata.GetString(metadata.GetMethodDefinition(handle).Name))];
        Assert.Equal([$"Assemblies_{typeof(ProfileImageTests).Assembly.GetName().Name}", "AssemblyDictionary"], globals);
        MemberReference reference = metadata.GetMemberReference(Assert.Single(metadata.MemberReferences));
        Assert.Equal(nameof(MethodSearchTests.Example.Twice), metadata.GetString(reference.Name));

        byte[] code = reader.GetMethodBody(metadata.GetMethodDefinition(metadata.MethodDefinitions.First()).RelativeVirtualAddress).GetILBytes()!;
        Assert.Equal((byte)ILOpCode.Ldtoken, code[0]);
        Assert.Equal((byte)ILOpCode.Pop, code[^1]);

        // 12345 as a four-byte constant.
        Assert.True(code.AsSpan().IndexOf(new byte[] { (byte)ILOpCode.Ldc_i4, 0x39, 0x30, 0, 0 }) > 0);
    }

    [Fact]
    public void The_same_methods_give_the_same_bytes() =>
        Assert.Equal(ProfileImage.Pack(ProfileImage.Write(Sample()), "a.mibc"), ProfileImage.Pack(ProfileImage.Write(Sample()), "a.mibc"));

    /// <summary>A profile that has drifted away from the code does no harm and no good: then it is time to learn anew.</summary>
    [Fact]
    public void Nine_of_ten_methods_of_the_profile_that_the_build_uses_still_exist()
    {
        Dictionary<string, Type> types = ProductAssemblies.Load().SelectMany(assembly => assembly.GetTypes()).GroupBy(type => type.FullName!).ToDictionary(same => same.Key, same => same.First());
        using ZipArchive archive = ZipFile.OpenRead(Path.Combine(RepositoryRoot.Path, "src", "TlsAppliance", "ReadyToRun.mibc"));
        using var image = new MemoryStream();
        using (Stream content = Assert.Single(archive.Entries).Open())
        {
            content.CopyTo(image);
        }

        image.Position = 0;
        using var reader = new PEReader(image);
        MetadataReader metadata = reader.GetMetadataReader();
        bool[] exists =
        [
            .. metadata.MemberReferences.Select(metadata.GetMemberReference).Where(reference => reference.Parent.Kind == HandleKind.TypeReference).Select(reference =>
                types.TryGetValue(FullName(metadata, (TypeReferenceHandle)reference.Parent), out Type? type)
                && type.GetMember(metadata.GetString(reference.Name), BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance).Length > 0),
        ];

        Assert.True(exists.Length > 500, $"{exists.Length} methods");
        Assert.True(exists.Count(found => found) * 10 >= exists.Length * 9, $"{exists.Count(found => found)} of {exists.Length} methods exist; learn the profile anew (perf/README.md)");
    }

    private static LearnedMethod[] Sample() =>
    [
        new(
            typeof(MethodSearchTests.Example),
            typeof(MethodSearchTests.Example).GetMethod(nameof(MethodSearchTests.Example.Twice), [typeof(int)])!,
            [new RecordedCounter(Kind: 385, Offset: 4, Other: 9, ["12345"]), new RecordedCounter(Kind: 195, Offset: 4, Other: 0, ["NULL", "No.Such.Type"])],
            Weight: 12_345),
    ];

    private static string FullName(MetadataReader metadata, TypeReferenceHandle handle)
    {
        TypeReference reference = metadata.GetTypeReference(handle);
        string name = metadata.GetString(reference.Name);
        return reference.ResolutionScope.Kind == HandleKind.TypeReference ? $"{FullName(metadata, (TypeReferenceHandle)reference.ResolutionScope)}+{name}"
            : reference.Namespace.IsNil ? name : $"{metadata.GetString(reference.Namespace)}.{name}";
    }
}
