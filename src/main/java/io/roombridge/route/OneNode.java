package io.roombridge.route;

import io.roombridge.correlation.Duty;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.support.RoutePolicySupport;

/**
 * Lets a scheduled route run on one node of a cluster: the one that has the duty of the route's name. The others pass the
 * run over. What a run does late, after its duty has gone to another node, is told by its fence or by row versions.
 */
public final class OneNode extends RoutePolicySupport {

    /** The exchange property with the fence of the run, a {@code long}. */
    static final String FENCE = "roombridge.fence";

    private final Function<String, Duty> duties;
    private final Consumer<String> elsewhere;
    private final Map<String, Duty> byRoute = new ConcurrentHashMap<>();

    public OneNode(Function<String, Duty> duties) {
        this(duties, route -> {});
    }

    /** @param elsewhere is told of each run that is passed over, by the route's id */
    public OneNode(Function<String, Duty> duties, Consumer<String> elsewhere) {
        this.duties = duties;
        this.elsewhere = elsewhere;
    }

    @Override
    public void onExchangeBegin(Route route, Exchange exchange) {
        byRoute.computeIfAbsent(route.getRouteId(), duties)
                .fence()
                .ifPresentOrElse(fence -> exchange.setProperty(FENCE, fence), () -> {
                    exchange.setRouteStop(true);
                    elsewhere.accept(route.getRouteId());
                });
    }
}
