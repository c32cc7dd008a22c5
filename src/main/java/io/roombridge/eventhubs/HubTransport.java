package io.roombridge.eventhubs;

import com.azure.core.amqp.AmqpTransportType;
import com.azure.core.amqp.ProxyAuthenticationType;
import com.azure.core.amqp.ProxyOptions;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.util.Optional;

/**
 * The way to the hubs: AMQP, or AMQP inside WebSockets, which alone may go through an HTTP proxy. Camel's own options name
 * the transport and no proxy (facts/camel.md, section 2.5).
 *
 * @param proxy empty for none
 */
public record HubTransport(AmqpTransportType type, Optional<ProxyOptions> proxy) {

    public static final HubTransport PLAIN = new HubTransport(AmqpTransportType.AMQP, Optional.empty());

    public static HubTransport webSockets() {
        return new HubTransport(AmqpTransportType.AMQP_WEB_SOCKETS, Optional.empty());
    }

    /**
     * WebSockets through an HTTP proxy, which may ask for a user and password (Basic).
     *
     * @param user empty when the proxy asks for nobody
     */
    public static HubTransport through(InetSocketAddress proxy, Optional<String> user, String password) {
        ProxyOptions options = new ProxyOptions(
                user.isPresent() ? ProxyAuthenticationType.BASIC : ProxyAuthenticationType.NONE,
                new Proxy(Proxy.Type.HTTP, proxy),
                user.orElse(null),
                user.isPresent() ? password : null);
        return new HubTransport(AmqpTransportType.AMQP_WEB_SOCKETS, Optional.of(options));
    }
}
