using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace TlsAppliance.LoadTest.Learn;

/// <summary>Writes the references of an assembly to types and methods of others (ECMA-335 II.22, II.23.2).</summary>
internal sealed class ReferenceWriter(MetadataBuilder metadata)
{
    private static readonly Dictionary<Type, PrimitiveTypeCode> Primitives = new()
    {
        [typeof(bool)] = PrimitiveTypeCode.Boolean, [typeof(char)] = PrimitiveTypeCode.Char, [typeof(byte)] = PrimitiveTypeCode.Byte, [typeof(sbyte)] = PrimitiveTypeCode.SByte,
        [typeof(short)] = PrimitiveTypeCode.Int16, [typeof(ushort)] = PrimitiveTypeCode.UInt16, [typeof(int)] = PrimitiveTypeCode.Int32, [typeof(uint)] = PrimitiveTypeCode.UInt32,
        [typeof(long)] = PrimitiveTypeCode.Int64, [typeof(ulong)] = PrimitiveTypeCode.UInt64, [typeof(float)] = PrimitiveTypeCode.Single, [typeof(double)] = PrimitiveTypeCode.Double,
        [typeof(nint)] = PrimitiveTypeCode.IntPtr, [typeof(nuint)] = PrimitiveTypeCode.UIntPtr, [typeof(string)] = PrimitiveTypeCode.String, [typeof(object)] = PrimitiveTypeCode.Object,
    };

    private readonly Dictionary<Assembly, AssemblyReferenceHandle> _assemblies = [];
    private readonly Dictionary<Type, EntityHandle> _types = [];

    /// <summary>False for what signatures of the product do not have: arrays of several dimensions and pointers to functions.</summary>
    public static bool CanWrite(Type type) => type.HasElementType
        ? (!type.IsArray || type.IsSZArray) && CanWrite(type.GetElementType()!)
        : !type.IsFunctionPointer && (!type.IsGenericType || type.GetGenericArguments().All(CanWrite));

    public static bool CanWrite(LearnedMethod method) => CanWrite(method.Owner) && method.Definition.GetParameters().All(parameter => CanWrite(parameter.ParameterType))
        && (method.Definition is not MethodInfo { ReturnType: var returned } || CanWrite(returned));

    /// <summary>A type as an operand of <c>ldtoken</c>.</summary>
    public EntityHandle Type(Type type)
    {
        if (!type.IsGenericType && !type.HasElementType)
        {
            return Definition(type);
        }

        var blob = new BlobBuilder();
        Write(new BlobEncoder(blob).TypeSpecificationSignature(), type);
        return metadata.AddTypeSpecification(metadata.GetOrAddBlob(blob));
    }

    /// <summary>A method as an operand of <c>ldtoken</c>.</summary>
    public EntityHandle Method(LearnedMethod method)
    {
        var blob = new BlobBuilder();
        ParameterInfo[] parameters = method.Definition.GetParameters();
        new BlobEncoder(blob).MethodSignature(isInstanceMethod: !method.Definition.IsStatic).Parameters(parameters.Length, out ReturnTypeEncoder returned, out ParametersEncoder list);
        WriteReturn(returned, (method.Definition as MethodInfo)?.ReturnParameter);
        foreach (ParameterInfo parameter in parameters)
        {
            ParameterTypeEncoder encoder = list.AddParameter();
            Write(encoder.CustomModifiers(), parameter);
            Write(encoder.Type(parameter.ParameterType.IsByRef), Value(parameter.ParameterType));
        }

        return metadata.AddMemberReference(Type(method.Owner), metadata.GetOrAddString(method.Definition.Name), metadata.GetOrAddBlob(blob));
    }

    private static Type Value(Type type) => type.IsByRef ? type.GetElementType()! : type;

    private void WriteReturn(ReturnTypeEncoder encoder, ParameterInfo? returned)
    {
        if (returned is null)
        {
            encoder.Void();
            return;
        }

        Write(encoder.CustomModifiers(), returned);
        if (returned.ParameterType == typeof(void))
        {
            encoder.Void();
        }
        else
        {
            Write(encoder.Type(returned.ParameterType.IsByRef), Value(returned.ParameterType));
        }
    }

    private void Write(CustomModifiersEncoder encoder, ParameterInfo parameter)
    {
        foreach (Type required in parameter.GetRequiredCustomModifiers())
        {
            encoder = encoder.AddModifier(Definition(required), isOptional: false);
        }

        foreach (Type optional in parameter.GetOptionalCustomModifiers())
        {
            encoder = encoder.AddModifier(Definition(optional), isOptional: true);
        }
    }

    private void Write(SignatureTypeEncoder encoder, Type type)
    {
        if (type == typeof(void))
        {
            encoder.Builder.WriteByte((byte)SignatureTypeCode.Void);
        }
        else if (Primitives.TryGetValue(type, out PrimitiveTypeCode code))
        {
            encoder.PrimitiveType(code);
        }
        else if (type.IsPointer)
        {
            Write(encoder.Pointer(), type.GetElementType()!);
        }
        else if (type.IsSZArray)
        {
            Write(encoder.SZArray(), type.GetElementType()!);
        }
        else if (type.IsGenericTypeParameter)
        {
            encoder.GenericTypeParameter(type.GenericParameterPosition);
        }
        else if (type.IsGenericType)
        {
            Type[] arguments = type.GetGenericArguments();
            GenericTypeArgumentsEncoder list = encoder.GenericInstantiation(Definition(type.GetGenericTypeDefinition()), arguments.Length, type.IsValueType);
            Array.ForEach(arguments, argument => Write(list.AddArgument(), argument));
        }
        else
        {
            encoder.Type(Definition(type), type.IsValueType);
        }
    }

    private EntityHandle Definition(Type type)
    {
        if (!_types.TryGetValue(type, out EntityHandle handle))
        {
            EntityHandle scope = type.DeclaringType is { } outer ? Definition(outer) : AssemblyOf(type);
            StringHandle space = type.DeclaringType is null && type.Namespace is { } name ? metadata.GetOrAddString(name) : default;
            _types[type] = handle = metadata.AddTypeReference(scope, space, metadata.GetOrAddString(type.Name));
        }

        return handle;
    }

    private AssemblyReferenceHandle AssemblyOf(Type type)
    {
        if (!_assemblies.TryGetValue(type.Assembly, out AssemblyReferenceHandle handle))
        {
            AssemblyName name = type.Assembly.GetName();
            BlobHandle token = name.GetPublicKeyToken() is { Length: > 0 } bytes ? metadata.GetOrAddBlob(bytes) : default;
            _assemblies[type.Assembly] = handle = metadata.AddAssemblyReference(metadata.GetOrAddString(name.Name!), name.Version!, default, token, default, default);
        }

        return handle;
    }
}
