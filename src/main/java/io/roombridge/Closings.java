package io.roombridge;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Named closing steps, carried out last in, first out; one that fails does not keep the others from being done. */
final class Closings {

    private static final Logger LOG = LoggerFactory.getLogger(Closings.class);

    private final Deque<Closing> steps = new ArrayDeque<>();

    private record Closing(String name, AutoCloseable step) {}

    <T extends AutoCloseable> T onClose(String name, T resource) {
        steps.push(new Closing(name, resource));
        return resource;
    }

    /** @param because why it is closed early; failures of closing are added to it. Null for an orderly close */
    void close(Exception because) {
        while (!steps.isEmpty()) {
            Closing closing = steps.pop();
            try {
                closing.step().close();
            } catch (Exception e) {
                if (because == null) {
                    LOG.atWarn().addKeyValue("part", closing.name()).setCause(e).log("closing failed");
                } else {
                    because.addSuppressed(e);
                }
            }
        }
    }
}
