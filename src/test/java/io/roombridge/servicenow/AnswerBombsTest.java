package io.roombridge.servicenow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.roombridge.servicenow.ScriptedInstance.Reply;
import io.roombridge.ticket.Reason;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An instance, or whoever answers in its place, that does not stop or nests without end is cut off, with a reason. */
class AnswerBombsTest {

    private static final String SYS_ID = "0123456789abcdef0123456789abcdef";

    /** What the sockets and the client hold besides what was read. */
    private static final long BUFFERS = 16 << 20;

    private static DefaultCamelContext camel;

    @BeforeAll
    static void start() {
        camel = new DefaultCamelContext();
        camel.start();
    }

    @AfterAll
    static void stop() {
        camel.stop();
    }

    @Test
    void anEndlessAnswerIsCutOff() throws IOException {
        AtomicLong sent = new AtomicLong();
        String row = "{\"sys_id\":\"" + SYS_ID + "\",\"number\":\"INC0000001\"},";
        try (ScriptedInstance instance = new ScriptedInstance(call -> endless("{\"result\":[", row.repeat(500), sent));
                ServiceNowGateway gateway = gateway(instance, new Credentials.Basic("bridge", "word"))) {
            ServiceNowFailure failure = catchThrowableOfType(ServiceNowFailure.class, () -> gateway.read(SYS_ID));

            assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
            assertThat(sent.get()).isBetween((long) Wire.LARGEST_ANSWER / 2, Wire.LARGEST_ANSWER + BUFFERS);
        }
    }

    @Test
    void anAnswerThatNestsWithoutEndIsRefused() throws IOException {
        String deep = "{\"result\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
        try (ScriptedInstance instance = new ScriptedInstance(call -> ScriptedInstance.json(200, deep));
                ServiceNowGateway gateway = gateway(instance, new Credentials.Basic("bridge", "word"))) {
            ServiceNowFailure failure = catchThrowableOfType(ServiceNowFailure.class, () -> gateway.read(SYS_ID));

            assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
        }
    }

    @Test
    void anEndlessTokenIsCutOff() throws IOException {
        AtomicLong sent = new AtomicLong();
        try (ScriptedInstance instance =
                        new ScriptedInstance(call -> endless("{\"access_token\":\"", "t".repeat(8_000), sent));
                ServiceNowGateway gateway = gateway(instance, new Credentials.ClientCredentials("app", "word", ""))) {
            ServiceNowFailure failure = catchThrowableOfType(ServiceNowFailure.class, () -> gateway.read(SYS_ID));

            assertThat(failure.detail()).contains("longer than " + ShortText.LONGEST);
            assertThat(sent.get()).isLessThan(ShortText.LONGEST + BUFFERS);
        }
    }

    /** Sends until the other side has had enough; counts the bytes that it took. */
    private static Reply endless(String begin, String piece, AtomicLong sent) {
        return (socket, out, closed) -> {
            send(out, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n" + begin);
            byte[] bytes = piece.getBytes(StandardCharsets.US_ASCII);
            while (closed.getCount() > 0) {
                out.write(bytes);
                sent.addAndGet(bytes.length);
            }
        };
    }

    private static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static ServiceNowGateway gateway(ScriptedInstance instance, Credentials credentials) {
        return new ServiceNowGateway(
                camel, InstanceSettings.of("test", instance.url(), credentials), Clock.systemUTC(), () -> 0);
    }
}
