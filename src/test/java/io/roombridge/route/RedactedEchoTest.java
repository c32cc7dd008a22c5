package io.roombridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.correlation.OutgoingCommand;
import io.roombridge.ticket.Outcome;
import io.roombridge.ticket.Reason;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was taken out of a text on its way changes nothing in how the text is known again. */
class RedactedEchoTest extends OnBench {

    private static final String ROOM = "room-12";
    private static final String SIGNAL = "Camera";

    private final List<OutgoingCommand> hub = new ArrayList<>();

    @BeforeEach
    void start() {
        bench.deliver(event().opened(1));
        look();
    }

    @Test
    void aMessageOfThePortalIsNotToldBackToIt() {
        bench.deliver(message());
        look();
        assertThat(comments())
                .singleElement()
                .asString()
                .contains("Write to [e-mail address removed], the PIN is [password removed]");
        assertThat(hub).extracting(OutgoingCommand::name).doesNotContain("message-add");
    }

    @Test
    void aCommentOfTheDeskComesBackAsAnEcho() {
        bench.serviceNow
                .desk()
                .as("beth.anglin")
                .comment(bench.incident(ROOM, SIGNAL).sysId(), "Call +49 30 1234567, please.");
        look();
        OutgoingCommand told = hub.get(hub.size() - 1);
        assertThat(told.body()).contains("Call [phone number removed], please.").doesNotContain("1234567");

        Outcome outcome =
                bench.deliver(event().said("m-9", "bridge", "customer", "Call [phone number removed], please.")
                        .causedBy(told.id()));

        assertThat(outcome).isEqualTo(new Outcome.Echo(Reason.OWN_WRITE));
    }

    @Test
    void afterARebuildTheSameMessageIsKnownAndNothingOfTheBridgeIsTold() {
        bench.deliver(message());
        look();
        bench.loseTheStore();
        bench.rebuild();

        bench.deliver(message());
        look();

        assertThat(comments()).hasSize(1);
        assertThat(hub).extracting(OutgoingCommand::name).doesNotContain("message-add");
    }

    private void look() {
        bench.poll(hub::add);
    }

    private List<String> comments() {
        return bench.entries(bench.ticket(ROOM, SIGNAL), "comments");
    }

    private static PortalEvent event() {
        return PortalEvent.of(ROOM, SIGNAL);
    }

    private static PortalEvent message() {
        return event().message("m-1", "Write to room@contoso.example, the PIN is 4711");
    }
}
