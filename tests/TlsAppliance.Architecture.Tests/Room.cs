using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace TlsAppliance.Architecture.Tests;

/// <summary>One room as its compiled assembly shows it: which assemblies, types and members it uses.</summary>
internal sealed class Room
{
    private Room(string name, IReadOnlySet<string> assemblies, IReadOnlySet<string> types, IReadOnlySet<string> members)
    {
        Name = name;
        Assemblies = assemblies;
        Types = types;
        Members = members;
    }

    public string Name { get; }

    /// <summary>Simple names of referenced assemblies.</summary>
    public IReadOnlySet<string> Assemblies { get; }

    /// <summary>Full names of referenced types.</summary>
    public IReadOnlySet<string> Types { get; }

    /// <summary>Referenced members as <c>Namespace.Type::Member</c>.</summary>
    public IReadOnlySet<string> Members { get; }

    public static Room Load(string name)
    {
        using var file = new PEReader(File.OpenRead(Path.Combine(AppContext.BaseDirectory, name + ".dll")));
        MetadataReader metadata = file.GetMetadataReader();
        return new Room(name, ReadAssemblies(metadata), ReadTypes(metadata), ReadMembers(metadata));
    }

    private static HashSet<string> ReadAssemblies(MetadataReader metadata) =>
        [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];

    private static HashSet<string> ReadTypes(MetadataReader metadata) =>
        [.. metadata.TypeReferences.Select(handle => FullName(metadata, handle))];

    private static HashSet<string> ReadMembers(MetadataReader metadata)
    {
        var members = new HashSet<string>(StringComparer.Ordinal);
        foreach (MemberReferenceHandle handle in metadata.MemberReferences)
        {
            MemberReference member = metadata.GetMemberReference(handle);
            if (member.Parent.Kind == HandleKind.TypeReference)
            {
                members.Add(FullName(metadata, (TypeReferenceHandle)member.Parent) + "::" + metadata.GetString(member.Name));
            }
        }

        return members;
    }

    private static string FullName(MetadataReader metadata, TypeReferenceHandle handle)
    {
        TypeReference type = metadata.GetTypeReference(handle);
        string name = metadata.GetString(type.Name);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? FullName(metadata, (TypeReferenceHandle)type.ResolutionScope) + "." + name
            : metadata.GetString(type.Namespace) + "." + name;
    }
}
