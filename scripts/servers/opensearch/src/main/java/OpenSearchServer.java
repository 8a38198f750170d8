import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Runs one OpenSearch node on loopback until SIGTERM. Arguments: PORT DATA. */
public final class OpenSearchServer {
    public static void main(String[] arguments) throws Exception {
        Path data = Path.of(arguments[1]).toAbsolutePath().normalize();
        Path config = Files.createDirectories(data.resolve("config"));
        Node node = Node.create(settings(arguments[0], data), config);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(node)));
        try {
            node.start();
            String url = "http://127.0.0.1:" + node.httpPort();
            waitUntilUsable(url);
            System.out.println("READY " + url);
        } catch (Throwable failure) {
            failure.printStackTrace();
            System.exit(1);
        }
        Thread.currentThread().join();
    }

    private static Map<String, String> settings(String port, Path data) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("cluster.name", "billumy");
        settings.put("node.name", "billumy-1");
        settings.put("path.home", data.toString());
        settings.put("path.data", data.resolve("data").toString());
        settings.put("path.logs", data.resolve("logs").toString());
        settings.put("network.host", "127.0.0.1");
        settings.put("http.port", port);
        settings.put("transport.port", "0");
        settings.put("discovery.type", "single-node");
        // A disk that is nearly full is no reason to refuse a test.
        settings.put("cluster.routing.allocation.disk.threshold_enabled", "false");
        return settings;
    }

    /** Waits, after a restart, for the indices to be readable. */
    private static void waitUntilUsable(String url) throws Exception {
        HttpClient client = HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).build();
        URI health = URI.create(url + "/_cluster/health?wait_for_status=yellow&timeout=120s");
        int status = client.send(HttpRequest.newBuilder(health).build(), BodyHandlers.discarding()).statusCode();
        if (status != 200) throw new IllegalStateException("the node is not usable after two minutes: status " + status);
    }

    private static void stop(Node node) {
        try {
            node.close(20, TimeUnit.SECONDS);
        } catch (Exception failure) {
            failure.printStackTrace();
        }
    }
}
