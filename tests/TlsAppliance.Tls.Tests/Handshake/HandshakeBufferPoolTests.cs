using TlsAppliance.Tls.Handshake;

namespace TlsAppliance.Tls.Tests.Handshake;

public class HandshakeBufferPoolTests
{
    [Theory]
    [InlineData(0, 32)]
    [InlineData(1, 32)]
    [InlineData(32, 32)]
    [InlineData(33, 64)]
    [InlineData(300, 320)]
    [InlineData(1024, 1024)]
    [InlineData(1025, 2048)]
    [InlineData(65_536, 65_536)]
    [InlineData(65_537, 131_072)]
    [InlineData(1 << 20, 1 << 20)]
    public void Wastes_little_of_a_hello_and_at_most_half_of_a_message(int length, int expected) =>
        Assert.Equal(expected, new HandshakeBufferPool().Rent(length).Length);

    [Fact]
    public void Reuses_what_was_given_back()
    {
        HandshakeBufferPool buffers = new();
        byte[] buffer = buffers.Rent(490);
        buffers.Return(buffer);
        Assert.Same(buffer, buffers.Rent(512));
    }

    [Fact]
    public void Keeps_no_more_idle_bytes_than_allowed()
    {
        HandshakeBufferPool buffers = new(maxIdleBytes: 600);
        byte[][] rented = [buffers.Rent(256), buffers.Rent(256), buffers.Rent(256)];
        foreach (byte[] buffer in rented)
        {
            buffers.Return(buffer);
        }

        Assert.Equal(512, buffers.IdleBytes);
        Assert.Equal(0, buffers.RentedBytes);
    }

    [Fact]
    public void Leaves_very_large_buffers_to_the_garbage_collector()
    {
        HandshakeBufferPool buffers = new();
        buffers.Return(buffers.Rent(1 << 20));
        Assert.Equal(0, buffers.IdleBytes);
    }
}
