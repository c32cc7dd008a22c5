package io.roombridge.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.amqp.exception.AmqpErrorCondition;
import com.azure.core.amqp.exception.AmqpException;
import io.roombridge.correlation.Commit;
import io.roombridge.correlation.DeadLetter;
import io.roombridge.correlation.LetterFilter;
import io.roombridge.correlation.OutgoingCommand;
import io.roombridge.correlation.PortalOutbox.Unsent;
import io.roombridge.ticket.Reason;
import io.roombridge.ticket.RetryLater;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Commands that the hub does not take: others pass, the order within a ticket stays, and no command fails for ever. */
class TellPortalTest extends OnBench {

    private static final AmqpException AWAY = new AmqpException(true, "the link is detached", null);

    private final List<String> taken = new ArrayList<>();

    @Test
    void aCommandThatFailsHoldsUpItsTicketAndNoOther() {
        commands("a-1 poison", "a-2", "b-1", "b-2");

        round(command -> !command.id().contains("poison"), AWAY);
        assertThat(taken).containsExactly("b-1", "b-2");

        round(command -> true, AWAY);
        assertThat(taken).containsExactly("b-1", "b-2", "a-1 poison", "a-2");
    }

    @Test
    void oneThatKeepsFailingWhileOthersPassIsKeptForAPersonAndItsTicketGoesOn() {
        commands("a-1 poison", "a-2");
        for (int i = 0; i < 10; i++) {
            commands("b-" + i);
            bench.machine.advance(Duration.ofSeconds(1));
            round(command -> !command.id().contains("poison"), AWAY);
        }
        round(command -> true, AWAY);

        assertThat(taken).contains("a-2").doesNotContain("a-1 poison");
        assertThat(bench.store().deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.kind()).isEqualTo(DeadLetter.Kind.COMMAND);
            assertThat(letter.reason()).isEqualTo(Reason.EXHAUSTED);
        });
        assertThat(bench.outbox().drained("main")).isTrue();
    }

    @Test
    void oneThatIsTooLargeForAnyHubIsKeptAtOnceAndSentWhenItIsReplayed() {
        commands("a-1 poison", "a-2");
        round(
                command -> !command.id().contains("poison"),
                new IllegalStateException(new AmqpException(
                        false, AmqpErrorCondition.LINK_PAYLOAD_SIZE_EXCEEDED, "1.2 MB is more than 1 MB", null)));
        round(command -> true, AWAY);
        assertThat(taken).containsExactly("a-2");

        bench.letters()
                .ask(
                        new LetterFilter(List.of(), LetterFilter.OPEN, Optional.empty(), Optional.empty()),
                        "Beth Anglin",
                        "The hub takes more now",
                        bench.clock.instant());
        bench.replayAll();
        round(command -> true, AWAY);

        assertThat(taken).containsExactly("a-2", "a-1 poison");
    }

    @Test
    void whileTheHubIsAwayNothingIsGivenUpAndTheRoundEndsAtTheSecondFailure() {
        commands("a-1", "b-1", "c-1");
        for (int i = 0; i < 20; i++) {
            bench.machine.advance(Duration.ofMinutes(5));
            assertThatThrownBy(() -> round(command -> false, AWAY)).isInstanceOf(RetryLater.class);
        }
        assertThat(bench.store().deadLetters()).isEmpty();

        round(command -> true, AWAY);

        assertThat(taken).containsExactlyInAnyOrder("a-1", "b-1", "c-1");
    }

    /** One run of the route {@code tell-portal}. */
    private void round(Predicate<OutgoingCommand> hub, Exception failure) {
        TellPortal telling = bench.reading().tellPortal();
        for (Unsent unsent : telling.waiting()) {
            if (!telling.mayGo(unsent)) {
                continue;
            }
            if (hub.test(unsent.command())) {
                taken.add(unsent.command().id());
                telling.accepted(unsent);
            } else {
                telling.refused(unsent, failure);
            }
        }
    }

    /** The letter before the dash is the ticket. */
    private void commands(String... ids) {
        for (String id : ids) {
            bench.store()
                    .commit(new Commit()
                            .commands(List.of(new OutgoingCommand(
                                    "contoso",
                                    "main",
                                    Optional.empty(),
                                    id,
                                    "message-add",
                                    "contoso|" + id.charAt(0),
                                    "{}",
                                    bench.clock.instant()))));
        }
    }
}
