import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.wire.message.MongoQuery;
import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import org.h2.mvstore.MVStore;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The library's backend, with what a single MongoDB promises besides: writes happen one after the other, each is in the file before it
 * is acknowledged, and only who has authenticated is served.
 */
final class DurableBackend extends H2Backend {
    private static final Set<String> READS = Set.of("find", "getmore", "aggregate", "count", "distinct", "buildinfo", "ping",
        "listcollections", "listindexes", "listdatabases", "killcursors", "serverstatus", "dbstats", "collstats", "whatsmyuri",
        "explain", "getlog", "hostinfo", "connectionstatus", "getparameter", "validate");
    private static final Set<String> FOR_EVERYBODY = Set.of("buildinfo", "ping", "whatsmyuri");
    private static final int WRITES_BETWEEN_COMPACTIONS = 1000;
    private static final int COMPACTION_MILLISECONDS = 100;

    private final MVStore store;
    private final Optional<ScramUser> user;
    private final Channel internal = new EmbeddedChannel();
    private long writes;

    DurableBackend(MVStore store, Optional<ScramUser> user) {
        super(store);
        this.store = store;
        this.user = user;
    }

    @Override public QueryResult handleQuery(MongoQuery query) {
        requireUser(query.getChannel(), "query");
        return super.handleQuery(query);
    }

    @Override public Document handleCommand(Channel channel, String database, String command, Document query) {
        String name = command.toLowerCase(Locale.ROOT);
        switch (name) {
            case "hello", "ismaster":
                return hello(super.handleCommand(channel, database, "ismaster", query), name, query);
            case "saslstart":
                return user.orElseThrow(ScramUser::mechanismUnavailable).start(channel, query);
            case "saslcontinue":
                return user.orElseThrow(ScramUser::mechanismUnavailable).proceed(channel, query);
            case "logout":
                user.ifPresent(known -> known.logOut(channel));
                return okay(new Document());
            case "endsessions", "killsessions", "refreshsessions":
                return okay(new Document());
            default:
        }
        if (!FOR_EVERYBODY.contains(name)) requireUser(channel, command);
        Refusals.check(name, query);
        if (READS.contains(name) && !writes(query)) return super.handleCommand(channel, database, command, query);
        return exclusively(() -> {
            Document reply = super.handleCommand(channel, database, command, query);
            return name.equals("insert") ? withInsertedCount(reply, query) : reply;
        });
    }

    List<String> databases() {
        return List.copyOf(listDatabaseNames());
    }

    /** A command of the server itself, whoever its users are. */
    Document command(String database, String command, Document query) {
        return super.handleCommand(internal, database, command, query);
    }

    /** Runs one change at a time; it is in the file when this returns. */
    <T> T exclusively(Supplier<T> change) {
        synchronized (store) {
            try {
                return change.get();
            } finally {
                persist();
            }
        }
    }

    static Document okay(Document reply) {
        Utils.markOkay(reply);
        return reply;
    }

    private void persist() {
        if (store.isClosed()) return;
        store.commit();
        writes += 1;
        if (writes % WRITES_BETWEEN_COMPACTIONS == 0) store.compactFile(COMPACTION_MILLISECONDS);
    }

    private void requireUser(Channel channel, String command) {
        if (user.isPresent() && !user.get().isLoggedIn(channel))
            throw new MongoServerError(13, "Unauthorized", "command " + command + " requires authentication");
    }

    private Document hello(Document reply, String name, Document query) {
        if (name.equals("hello")) {
            reply.remove("ismaster");
            reply.put("isWritablePrimary", true);
        }
        reply.put("helloOk", true);
        reply.put("logicalSessionTimeoutMinutes", 30);
        reply.put("readOnly", false);
        if (user.isPresent() && query.containsKey("saslSupportedMechs"))
            reply.put("saslSupportedMechs", List.of(ScramUser.MECHANISM));
        return reply;
    }

    private static boolean writes(Document query) {
        return String.valueOf(query.get("pipeline")).matches("(?s).*\\$(merge|out).*");
    }

    /** The library counts all documents of the command, those that were refused too. */
    private static Document withInsertedCount(Document reply, Document query) {
        if (!(reply.get("writeErrors") instanceof List<?> errors)) return reply;
        boolean ordered = !Boolean.FALSE.equals(query.get("ordered"));
        int count = ((List<?>) query.get("documents")).size();
        int firstFailed = ((Number) ((Document) errors.get(0)).get("index")).intValue();
        reply.put("n", ordered ? firstFailed : count - errors.size());
        return reply;
    }
}
