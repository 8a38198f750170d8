import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;

import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Refuses what the library would take and do wrong, so that nobody relies on it. */
final class Refusals {
    private static final Set<String> OF_TRANSACTIONS = Set.of("committransaction", "aborttransaction");
    private static final List<String> CREATE_OPTIONS = List.of("validator", "capped", "timeseries", "viewOn", "clusteredIndex");

    private Refusals() {}

    static void check(String command, Document query) {
        boolean inTransaction = query.containsKey("txnNumber") || query.containsKey("autocommit") || query.containsKey("startTransaction");
        if (inTransaction || OF_TRANSACTIONS.contains(command))
            // What a single MongoDB says.
            throw new MongoServerError(20, "IllegalOperation", "Transaction numbers are only allowed on a replica set member or mongos");
        if (command.equals("createindexes")) checkIndexes(query);
        if (command.equals("create")) checkOptions(query);
        if (query.get("collation") instanceof Document collation && !"simple".equals(collation.get("locale")))
            throw new MongoServerError(238, "NotImplemented", "this server has no collation");
    }

    private static void checkOptions(Document query) {
        for (String option : CREATE_OPTIONS) {
            if (query.containsKey(option) && !Boolean.FALSE.equals(query.get(option)))
                throw new MongoServerError(238, "NotImplemented", "this server has no option " + option + " of a collection");
        }
    }

    @SuppressWarnings("unchecked")
    private static void checkIndexes(Document query) {
        for (Document index : (Collection<Document>) query.get("indexes")) {
            Document key = (Document) index.get("key");
            if (Utils.isTrue(index.get("unique")) && index.get("partialFilterExpression") != null) throw noIndex("that is partial and unique");
            if (index.get("collation") != null) throw noIndex("with a collation");
            if (key.keySet().stream().anyMatch(field -> field.contains("$"))) throw noIndex("on every field");
            for (Object kind : key.values()) {
                if (kind instanceof String && !kind.equals("hashed")) throw noIndex("of the kind " + kind);
            }
        }
    }

    private static MongoServerError noIndex(String kind) {
        return new MongoServerError(67, "CannotCreateIndex", "this server has no index " + kind);
    }
}
