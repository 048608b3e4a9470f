using TlsAppliance.Commands;

return CommandLine.Run(args);
