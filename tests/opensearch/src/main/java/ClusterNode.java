import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

import org.opensearch.common.settings.Settings;
import org.opensearch.env.Environment;
import org.opensearch.node.InternalSettingsPreparer;

/**
 * One node of a cluster of three on this machine alone, without security, for tests.
 *
 * Arguments: the folder of the node, its number from 1 to 3, the first of three ports for HTTP, the first of
 * three ports for the nodes among themselves.
 */
public final class ClusterNode extends BundledNode {
    private ClusterNode(Environment environment) {
        super(environment);
    }

    @Override
    protected void configureNodeAndClusterIdStateListener(org.opensearch.cluster.service.ClusterService service) {
        // It would set up logging for a node that runs alone in its process by the server's own start.
    }

    public static void main(String[] arguments) throws Exception {
        Path home = Path.of(arguments[0]).toAbsolutePath();
        int number = Integer.parseInt(arguments[1]);
        int http = Integer.parseInt(arguments[2]);
        int transport = Integer.parseInt(arguments[3]);
        for (String folder : List.of("config", "data", "logs", "modules", "plugins")) {
            Files.createDirectories(home.resolve(folder));
        }
        Settings settings = Settings.builder()
            .put("cluster.name", "newsstand-tests")
            .put("node.name", "node-" + number)
            .put("path.home", home)
            .put("path.data", home.resolve("data"))
            .put("path.logs", home.resolve("logs"))
            .put("http.port", http + number - 1)
            .put("transport.port", transport + number - 1)
            .put("network.host", "127.0.0.1")
            .putList("discovery.seed_hosts",
                "127.0.0.1:" + transport, "127.0.0.1:" + (transport + 1), "127.0.0.1:" + (transport + 2))
            .putList("cluster.initial_cluster_manager_nodes", "node-1", "node-2", "node-3")
            .put("cluster.routing.allocation.disk.threshold_enabled", false)
            .put("node.store.allow_mmap", false)
            .build();
        Environment environment =
            InternalSettingsPreparer.prepareEnvironment(settings, Map.of(), home.resolve("config"), () -> "node-" + number);
        ClusterNode node = new ClusterNode(environment);
        node.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                node.close();
            } catch (IOException error) {
                error.printStackTrace();
            }
        }));
        new CountDownLatch(1).await();
    }
}
