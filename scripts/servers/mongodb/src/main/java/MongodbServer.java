import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.MongoVersion;
import org.h2.mvstore.MVStore;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Runs the server on loopback until SIGTERM. Arguments: PORT DATA. */
public final class MongodbServer {
    /** MongoDB 5.0: what the driver accepts at least, and more than the library claims to be. */
    private static final MongoVersion VERSION = new MongoVersion() {
        @Override public List<Integer> getVersionArray() {
            return List.of(5, 0, 0);
        }

        @Override public int getWireVersion() {
            return 13;
        }
    };

    public static void main(String[] arguments) throws Exception {
        String file = Path.of(arguments[1], "mongodb.mv").toString();
        MVStore store = new MVStore.Builder().fileName(file).autoCommitDisabled().open();
        // Space that was freed is used again at once, so the file stays small.
        store.setRetentionTime(0);
        Optional<ScramUser> user = variable("MONGO_USER")
            .map(name -> new ScramUser(name, variable("MONGO_PASSWORD").orElseThrow()));
        DurableBackend backend = new DurableBackend(store, user);
        backend.version(VERSION);
        MongoServer server = new MongoServer(backend);
        server.bind("127.0.0.1", Integer.parseInt(arguments[0]));
        Expiry expiry = new Expiry(backend, variable("MONGO_TTL_SECONDS").map(Integer::parseInt).orElse(60));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            expiry.close();
            backend.exclusively(() -> {
                server.shutdownNow();
                return null;
            });
        }));
        System.out.println("READY mongodb://127.0.0.1:" + server.getLocalAddress().getPort());
        Thread.currentThread().join();
    }

    private static Optional<String> variable(String name) {
        return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isEmpty());
    }
}
