using System.CommandLine;
using System.Globalization;
using TlsAppliance.LoadTest.Learn;
using TlsAppliance.LoadTest.Measure;

namespace TlsAppliance.LoadTest.Commands;

/// <summary><c>learn</c>: has the built product count what its code does under load, and writes the profile that its build compiles with.</summary>
internal static class LearnCommand
{
    public static Command Create()
    {
        var output = new Option<string>("--out")
        {
            Description = "profile to write (the default is the one that the build uses, from the repository's folder)",
            DefaultValueFactory = _ => Path.Combine("src", "TlsAppliance", "ReadyToRun.mibc"),
        };
        var command = new Command("learn", "Run the built product over small loads, counting, and write the profile that its build compiles with.") { output };
        command.SetAction(parsed => Run(parsed.GetValue(output)!));
        return command;
    }

    private static int Run(string path)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("tls-appliance-learn-");
        try
        {
            RuntimeProfile profile = RuntimeProfile.Parse(File.ReadLines(TrainingRun.Run(SourcePaths.BuiltAppliance, folder.FullName)));
            if (!profile.IsWhole)
            {
                return Refuse("the runtime's profile was cut; is the disk full?");
            }

            (List<LearnedMethod> learned, int leftOut) = Learn(profile);
            byte[] packed = ProfileImage.Pack(ProfileImage.Write(learned), Path.GetFileName(path));
            File.WriteAllBytes(path, packed);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{learned.Count} methods kept, {leftOut} left out, {packed.Length} bytes"));
            return 0;
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException or InvalidOperationException or UnauthorizedAccessException)
        {
            return Refuse(fault.Message);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>In an order that does not depend on when what was called.</summary>
    private static (List<LearnedMethod> Learned, int LeftOut) Learn(RuntimeProfile profile)
    {
        var search = new MethodSearch(ProductAssemblies.Load());
        RecordedMethod[] own = [.. profile.Methods.Where(method => method.Name.StartsWith(ProductAssemblies.Prefix, StringComparison.Ordinal))
            .OrderBy(method => method.Name, StringComparer.Ordinal).ThenBy(method => method.Signature, StringComparer.Ordinal)];
        List<LearnedMethod> learned = [.. own.Select(search.Find).OfType<LearnedMethod>().Where(ReferenceWriter.CanWrite)
            .DistinctBy(method => (method.Owner, method.Definition))];
        return (learned, own.Length - learned.Count);
    }

    private static int Refuse(string reason)
    {
        Console.Error.WriteLine(reason);
        return 1;
    }
}
