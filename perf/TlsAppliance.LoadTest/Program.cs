using System.CommandLine;
using TlsAppliance.LoadTest.Commands;

var root = new RootCommand("Generates loads for TLS Appliance and measures the whole machine under them.");
root.Subcommands.Add(GenerateCommand.Create());
root.Subcommands.Add(SendCommand.Create());
root.Subcommands.Add(ProfileCommand.Create());
root.Subcommands.Add(RunCommand.Create());
root.Subcommands.Add(LearnCommand.Create());
root.Subcommands.Add(SoakCommand.Create());
root.Subcommands.Add(LiveCommand.Create());
root.Subcommands.Add(NaiveCommand.Create());
root.Subcommands.Add(IndexCommand.Create());
root.Subcommands.Add(NullServerCommand.Create());
return root.Parse(args).Invoke();
