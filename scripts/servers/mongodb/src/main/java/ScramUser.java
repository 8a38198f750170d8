import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import io.netty.channel.Channel;
import io.netty.util.AttributeKey;

import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/** The only user of the server, who logs in by SCRAM-SHA-256 (RFC 5802, RFC 7677). */
final class ScramUser {
    static final String MECHANISM = "SCRAM-SHA-256";
    private static final int ITERATIONS = 15_000;
    private static final AttributeKey<Boolean> LOGGED_IN = AttributeKey.valueOf("loggedIn");
    private static final AttributeKey<Exchange> EXCHANGE = AttributeKey.valueOf("exchange");

    /** What both sides sign: the client's first message without its header, and the reply to it. */
    private record Exchange(String clientFirst, String serverFirst) {}

    private final SecureRandom random = new SecureRandom();
    private final String name;
    private final byte[] salt = randomBytes(28);
    private final byte[] storedKey;
    private final byte[] serverKey;

    ScramUser(String name, String password) {
        this.name = name;
        try {
            byte[] salted = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                .generateSecret(new PBEKeySpec(password.toCharArray(), salt, ITERATIONS, 256)).getEncoded();
            storedKey = MessageDigest.getInstance("SHA-256").digest(sign(salted, "Client Key"));
            serverKey = sign(salted, "Server Key");
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    boolean isLoggedIn(Channel channel) {
        return Boolean.TRUE.equals(channel.attr(LOGGED_IN).get());
    }

    void logOut(Channel channel) {
        channel.attr(LOGGED_IN).set(false);
    }

    Document start(Channel channel, Document query) {
        if (!MECHANISM.equals(query.get("mechanism"))) throw mechanismUnavailable();
        String message = payload(query);
        String clientFirst = message.substring(message.indexOf(",,") + 2);
        String nonce = field(clientFirst, "r") + encoded(randomBytes(18));
        String serverFirst = "r=" + nonce + ",s=" + encoded(salt) + ",i=" + ITERATIONS;
        channel.attr(EXCHANGE).set(new Exchange(clientFirst, serverFirst));
        return reply(false, serverFirst);
    }

    Document proceed(Channel channel, Document query) {
        Exchange exchange = channel.attr(EXCHANGE).getAndSet(null);
        // A client may end with an empty message after it has checked the signature.
        if (exchange == null && isLoggedIn(channel)) return reply(true, "");
        try {
            String message = payload(query);
            String signed = exchange.clientFirst() + "," + exchange.serverFirst() + "," + message.substring(0, message.lastIndexOf(",p="));
            if (!proves(message, signed) || !name.equals(field(exchange.clientFirst(), "n"))
                || !field(exchange.serverFirst(), "r").equals(field(message, "r"))) throw authenticationFailed();
            channel.attr(LOGGED_IN).set(true);
            return reply(true, "v=" + encoded(sign(serverKey, signed)));
        } catch (GeneralSecurityException | RuntimeException malformed) {
            throw authenticationFailed();
        }
    }

    static MongoServerError mechanismUnavailable() {
        return new MongoServerError(334, "MechanismUnavailable", "this server authenticates by " + MECHANISM + ", if at all");
    }

    private static MongoServerError authenticationFailed() {
        return new MongoServerError(18, "AuthenticationFailed", "Authentication failed.");
    }

    private boolean proves(String message, String signed) throws GeneralSecurityException {
        byte[] clientKey = Base64.getDecoder().decode(field(message, "p"));
        byte[] signature = sign(storedKey, signed);
        for (int index = 0; index < signature.length; index++) clientKey[index] ^= signature[index];
        return MessageDigest.isEqual(MessageDigest.getInstance("SHA-256").digest(clientKey), storedKey);
    }

    private static byte[] sign(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    private byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private static String encoded(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static String payload(Document query) {
        return new String(((BinData) query.get("payload")).getData(), StandardCharsets.UTF_8);
    }

    private static String field(String message, String name) {
        for (String part : message.split(",")) {
            if (part.startsWith(name + "=")) return part.substring(name.length() + 1);
        }
        return "";
    }

    private static Document reply(boolean done, String payload) {
        return DurableBackend.okay(new Document("conversationId", 1).append("done", done)
            .append("payload", new BinData(payload.getBytes(StandardCharsets.UTF_8))));
    }
}
