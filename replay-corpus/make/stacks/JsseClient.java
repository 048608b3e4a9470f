import java.io.FileInputStream;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** Connects several times with one context, so later connections resume. Usage: java JsseClient.java HOST PORT NAME TRUSTSTORE|- TIMES. */
public final class JsseClient {
    public static void main(String[] args) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        KeyStore anchors = null;
        if (!args[3].equals("-")) {
            anchors = KeyStore.getInstance("PKCS12");
            anchors.load(new FileInputStream(args[3]), "secret".toCharArray());
        }
        trust.init(anchors);
        context.init(null, trust.getTrustManagers(), new SecureRandom());
        for (int i = 0; i < Integer.parseInt(args[4]); i++) {
            try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(args[0], Integer.parseInt(args[1]))) {
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setServerNames(List.of(new SNIHostName(args[2])));
                socket.setSSLParameters(parameters);
                socket.getOutputStream().write("hello\n".getBytes());
                socket.getInputStream().read(new byte[100]);
            }
        }
    }
}
