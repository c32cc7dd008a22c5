package io.roombridge;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which dead letters a person decides about, who they are and why; all of it is recorded. */
final class DeadChoice {

    @ArgGroup(multiplicity = "1")
    private Which which;

    @Option(names = "--by", required = true, paramLabel = "NAME", description = "Who takes the responsibility.")
    private String by;

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; it is recorded.")
    private String reason;

    /** One way of saying which. */
    static final class Which {

        @Parameters(paramLabel = "ID", arity = "1..*", description = "Numbers that dead list shows.")
        private List<Long> ids;

        @Option(
                names = "--ticket",
                paramLabel = "KEY|INC…",
                description = "Everything of a ticket, by its id or the number of an incident.")
        private String ticket;

        @Option(
                names = "--because",
                paramLabel = "REASON",
                description = "Everything with this reason, for example refused-by-acl.")
        private String because;

        @Option(names = "--all", description = "Everything.")
        private boolean all;
    }

    ObjectNode body() {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("by", by).put("reason", reason);
        if (which.ids != null) {
            which.ids.forEach(body.putArray("ids")::add);
        } else if (which.all) {
            body.put("all", true);
        } else {
            body.put(which.ticket != null ? "ticket" : "because", which.ticket != null ? which.ticket : which.because);
        }
        return body;
    }
}
