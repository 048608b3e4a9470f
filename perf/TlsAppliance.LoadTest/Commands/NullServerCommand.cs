using System.CommandLine;
using TlsAppliance.LoadTest.Measure;

namespace TlsAppliance.LoadTest.Commands;

/// <summary><c>null-server</c>: the other end of <see cref="IndexCommand"/>; prints its URL and serves until its standard input ends.</summary>
internal static class NullServerCommand
{
    public static Command Create()
    {
        var command = new Command(NullServerProcess.Verb, "Answer every bulk request at once, until the standard input ends.");
        command.SetAction(_ =>
        {
            using var server = new NullBulkServer();
            Console.WriteLine(server.Url);
            while (Console.Read() >= 0)
            {
            }

            return 0;
        });
        return command;
    }
}
