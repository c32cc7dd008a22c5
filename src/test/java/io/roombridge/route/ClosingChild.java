package io.roombridge.route;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;

/**
 * A bridge in a JVM of its own, for {@link ClosingKillTest} to kill. Reads what to do from its standard input, a line for
 * each: {@code opened ROOM INSTANT}, or {@code look INSTANT}; says {@code done} after each.
 */
public final class ClosingChild {

    private ClosingChild() {}

    /** @param arguments directory, ServiceNow's address, user, password */
    public static void main(String[] arguments) throws Exception {
        try (Bench bench = new Bench(Path.of(arguments[0]), URI.create(arguments[1]), arguments[2], arguments[3]);
                BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String order = orders.readLine(); order != null; order = orders.readLine()) {
                obey(bench, order.split(" "));
                System.out.println("done");
            }
        }
        System.exit(0);
    }

    private static void obey(Bench bench, String... words) {
        Instant now = Instant.parse(words[words.length - 1]);
        bench.clock.reach(now);
        bench.machine.reach(now);
        if (words[0].equals("opened")) {
            bench.deliver(PortalEvent.of(words[1], "Camera").at(now).opened(1));
        }
        bench.lookAt(now);
    }
}
