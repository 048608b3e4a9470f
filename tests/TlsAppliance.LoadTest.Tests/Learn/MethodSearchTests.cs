using System.Globalization;
using TlsAppliance.LoadTest.Learn;

namespace TlsAppliance.LoadTest.Tests.Learn;

public class MethodSearchTests
{
    private static readonly MethodSearch Search = new([typeof(MethodSearchTests).Assembly]);

    private static readonly string Examples = typeof(Example).FullName!;

    [Fact]
    public void Tells_overloads_apart_by_their_parameters_and_their_length()
    {
        Assert.Equal(1, Find($"{Examples}.Twice", "int32  (int32)", nameof(Example.Twice), 1)?.Definition.GetParameters().Length);
        Assert.Equal(2, Find($"{Examples}.Twice", "int32  (int32,int32)", nameof(Example.Twice), 2)?.Definition.GetParameters().Length);
        Assert.Null(Search.Find(new RecordedMethod($"{Examples}.Twice", "int32  (int32)", IlBytes: 1, [])));
    }

    [Fact]
    public void Leaves_out_what_fits_two_methods() => Assert.Null(Find($"{Examples}.Same", "int32  (int32)", nameof(Example.Same), 1));

    [Fact]
    public void Finds_methods_of_generic_types_for_the_types_that_they_ran_for()
    {
        int bytes = typeof(Example.Box<>).GetMethod(nameof(Example.Box<>.Take))!.GetMethodBody()!.GetILAsByteArray()!.Length;
        LearnedMethod? found = Search.Find(new RecordedMethod($"{typeof(Example.Box<>).FullName}[System.Int32].Take", "instance !0  ()", bytes, []));
        Assert.Equal(typeof(Example.Box<int>), found?.Owner);
    }

    [Theory]
    [InlineData("[System.__Canon].Take", "instance !0  ()")]
    [InlineData("[System.Int32,System.Int32].Take", "instance !0  ()")]
    [InlineData("[No.Such.Type].Take", "instance !0  ()")]
    [InlineData("[System.Int32", "instance !0  ()")]
    [InlineData("", "instance !0  ()")]
    public void Leaves_out_types_that_the_compiler_would_refuse(string rest, string signature) =>
        Assert.Null(Search.Find(new RecordedMethod(typeof(Example.Box<>).FullName + rest, signature, IlBytes: 7, [])));

    [Fact]
    public void Leaves_out_generic_methods_and_unknown_names()
    {
        Assert.Null(Search.Find(new RecordedMethod($"{Examples}.Generic", "generic void  ()", IlBytes: 1, [])));
        Assert.Null(Search.Find(new RecordedMethod("No.Such.Type.Method", "void  ()", IlBytes: 1, [])));
        Assert.Null(Search.Find(new RecordedMethod("", "void  ()", IlBytes: 1, [])));
    }

    private static LearnedMethod? Find(string name, string signature, string method, int parameters)
    {
        int bytes = typeof(Example).GetMethods().First(one => one.Name == method && one.GetParameters().Length == parameters).GetMethodBody()!.GetILAsByteArray()!.Length;
        return Search.Find(new RecordedMethod(name, signature, bytes, []));
    }

    internal static class Example
    {
        public static int Twice(int value) => value + value;

        public static int Twice(int value, int times) => Math.Max(value, times) * 2;

        public static string Same(int value) => value.ToString(CultureInfo.InvariantCulture);

        public static string Same(long value) => value.ToString(CultureInfo.InvariantCulture);

        public static void Generic<T>() => GC.KeepAlive(typeof(T));

        internal sealed class Box<T>
        {
            public T? Content { get; init; }

            public T? Take() => Content;
        }
    }
}
