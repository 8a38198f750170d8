import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * An OpenSearch node whose plugins are on the class path, of version 2.19 or 3. By reflection: the class files of 3 are newer than
 * the compiler of the machine may be, and the two versions want their plugins told in different ways.
 */
final class Node {
    private record Plugin(String name, String type, String typeBefore3, List<String> extended) {}

    private static final List<String> PAINLESS = List.of("lang-painless");
    private static final List<Plugin> PLUGINS = List.of(
        new Plugin("transport-netty4", "transport.Netty4ModulePlugin", "transport.Netty4Plugin", List.of()),
        new Plugin("analysis-common", "analysis.common.CommonAnalysisModulePlugin", "analysis.common.CommonAnalysisPlugin", PAINLESS),
        new Plugin("reindex", "index.reindex.ReindexModulePlugin", "index.reindex.ReindexPlugin", List.of()),
        new Plugin("lang-painless", "painless.PainlessModulePlugin", "painless.PainlessPlugin", List.of()),
        new Plugin("mapper-extras", "index.mapper.MapperExtrasModulePlugin", "index.mapper.MapperExtrasPlugin", PAINLESS),
        new Plugin("opensearch-knn", "knn.plugin.KNNPlugin", "knn.plugin.KNNPlugin", PAINLESS));

    private final Object node;

    private Node(Object node) {
        this.node = node;
    }

    static Node create(Map<String, String> settings, Path config) throws Exception {
        Object environment = environment(settings, config);
        Constructor<?> constructor = type("node.Node").getDeclaredConstructor(environment.getClass(), Collection.class, boolean.class);
        boolean before3 = !constructor.getGenericParameterTypes()[1].getTypeName().contains("PluginInfo");
        List<Object> plugins = new ArrayList<>();
        for (Plugin plugin : PLUGINS) plugins.add(before3 ? type(plugin.typeBefore3()) : description(plugin));
        constructor.setAccessible(true);
        return new Node(constructor.newInstance(environment, plugins, true));
    }

    void start() throws Exception {
        call(node, "start");
    }

    int httpPort() throws Exception {
        Object injector = call(node, "injector");
        Method instance = type("common.inject.Injector").getMethod("getInstance", Class.class);
        Object http = instance.invoke(injector, type("http.HttpServerTransport"));
        return (int) call(call(call(http, "boundAddress"), "publishAddress"), "getPort");
    }

    void close(long time, TimeUnit unit) throws Exception {
        call(node, "close");
        node.getClass().getMethod("awaitClose", long.class, TimeUnit.class).invoke(node, time, unit);
    }

    private static Object environment(Map<String, String> settings, Path config) throws Exception {
        Object builder = type("common.settings.Settings").getMethod("builder").invoke(null);
        Method put = builder.getClass().getMethod("put", String.class, String.class);
        for (Map.Entry<String, String> setting : settings.entrySet()) put.invoke(builder, setting.getKey(), setting.getValue());
        Supplier<String> name = () -> settings.get("node.name");
        return type("node.InternalSettingsPreparer")
            .getMethod("prepareEnvironment", type("common.settings.Settings"), Map.class, Path.class, Supplier.class)
            .invoke(null, call(builder, "build"), Map.of(), config, name);
    }

    private static Object description(Plugin plugin) throws Exception {
        Class<?> versionType = type("Version");
        Object version = versionType.getField("CURRENT").get(null);
        String release = plugin.name().equals("opensearch-knn") ? version + ".0" : version.toString();
        return type("plugins.PluginInfo")
            .getConstructor(String.class, String.class, String.class, versionType, String.class, String.class, List.class, boolean.class)
            .newInstance(plugin.name(), "on the class path", release, version, Integer.toString(Runtime.version().feature()),
                type(plugin.type()).getName(), plugin.extended(), false);
    }

    private static Class<?> type(String name) throws ClassNotFoundException {
        return Class.forName("org.opensearch." + name);
    }

    private static Object call(Object target, String name) throws Exception {
        Method method = target.getClass().getMethod(name);
        method.setAccessible(true);
        return method.invoke(target);
    }
}
