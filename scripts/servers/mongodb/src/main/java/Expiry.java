import de.bwaldvogel.mongo.bson.Document;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Deletes, every so often, the documents whose time an index with `expireAfterSeconds` says is over. */
final class Expiry implements AutoCloseable {
    private static final Set<String> OF_THE_SERVER = Set.of("admin", "local", "config");

    private final DurableBackend backend;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    Expiry(DurableBackend backend, int everySeconds) {
        this.backend = backend;
        timer.scheduleWithFixedDelay(this::sweep, everySeconds, everySeconds, TimeUnit.SECONDS);
    }

    @Override public void close() {
        timer.shutdownNow();
    }

    private void sweep() {
        for (String database : backend.databases()) {
            if (OF_THE_SERVER.contains(database)) continue;
            try {
                for (Document collection : list(database, "listCollections", 1)) sweep(database, (String) collection.get("name"));
            } catch (RuntimeException failure) {
                // Dropped meanwhile, for one; the other databases and the next sweep go on.
                System.err.println("expiry in " + database + ": " + failure);
            }
        }
    }

    private void sweep(String database, String collection) {
        for (Document index : list(database, "listIndexes", collection)) {
            if (!(index.get("expireAfterSeconds") instanceof Number seconds)) continue;
            String field = ((Document) index.get("key")).keySet().iterator().next();
            Document over = new Document(field, new Document("$lt", Instant.now().minusSeconds(seconds.longValue())));
            Document delete = new Document("delete", collection)
                .append("deletes", List.of(new Document("q", over).append("limit", 0)));
            backend.exclusively(() -> backend.command(database, "delete", delete));
        }
    }

    @SuppressWarnings("unchecked")
    private List<Document> list(String database, String command, Object value) {
        Document reply = backend.command(database, command, new Document(command, value));
        return (List<Document>) ((Document) reply.get("cursor")).get("firstBatch");
    }
}
