package io.roombridge;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Option;

/** Who decides something about the running bridge, and why; both are recorded. */
final class Responsible {

    @Option(names = "--by", required = true, paramLabel = "NAME", description = "Who takes the responsibility.")
    private String by;

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; it is recorded.")
    private String reason;

    ObjectNode body() {
        return JsonNodeFactory.instance.objectNode().put("by", by).put("reason", reason);
    }
}
