import java.util.List;
import java.util.stream.Stream;

import org.opensearch.Version;
import org.opensearch.analysis.common.CommonAnalysisModulePlugin;
import org.opensearch.env.Environment;
import org.opensearch.index.reindex.ReindexModulePlugin;
import org.opensearch.node.Node;
import org.opensearch.plugins.Plugin;
import org.opensearch.plugins.PluginInfo;
import org.opensearch.transport.Netty4ModulePlugin;

/** A node of version 3 with what its server brings along by itself. */
abstract class BundledNode extends Node {
    BundledNode(Environment environment) {
        super(environment, bundled(Netty4ModulePlugin.class, CommonAnalysisModulePlugin.class, ReindexModulePlugin.class), true);
    }

    @SafeVarargs
    private static List<PluginInfo> bundled(Class<? extends Plugin>... plugins) {
        return Stream.of(plugins).map(Class::getName).map(name ->
            new PluginInfo(name, "bundled", "NA", Version.CURRENT, "21", name, null, List.of(), false)).toList();
    }
}
