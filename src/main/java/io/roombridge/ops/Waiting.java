package io.roombridge.ops;

import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The connections whose request is not complete. Each has some seconds for it, and when there are too many the oldest
 * has to go, so that silent clients never shut out one that speaks. Used by the one thread of the server's event loop.
 */
final class Waiting {

    static final int MOST = 256;
    private static final long SECONDS = 15;

    private final Map<Channel, Future<?>> deadlines = new LinkedHashMap<>();

    void begin(Channel client) {
        deadlines.put(client, client.eventLoop().schedule(() -> client.close(), SECONDS, TimeUnit.SECONDS));
        if (deadlines.size() > MOST) {
            Channel oldest = deadlines.keySet().iterator().next();
            end(oldest);
            oldest.close();
        }
    }

    void end(Channel client) {
        Future<?> deadline = deadlines.remove(client);
        if (deadline != null) {
            deadline.cancel(false);
        }
    }
}
