#:property PublishAot=false
// Usage: SslStreamClient HOST PORT NAME PROTOCOL. One line there, one line back.
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

using TcpClient connection = new(args[0], int.Parse(args[1]));
using SslStream stream = new(connection.GetStream(), leaveInnerStreamOpen: false, (_, _, _, _) => true);
await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
{
    TargetHost = args[2],
    EnabledSslProtocols = Enum.Parse<SslProtocols>(args[3]),
    ApplicationProtocols = [SslApplicationProtocol.Http11],
});
await stream.WriteAsync("hello\n"u8.ToArray());
_ = await stream.ReadAsync(new byte[100]);
await stream.ShutdownAsync();
