package io.roombridge.servicenow;

import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.client.ResponseProcessingException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.apache.camel.component.servicenow.ServiceNowException;

/**
 * The shape of an answer that is no result, read off whatever the Camel component and CXF throw
 * (facts/servicenow.md, section 9.4). The same answer arrives as five kinds of exception; the status of the wire
 * is believed before that of the exception.
 *
 * @param message the instance's error message, or what the transport said; may be empty
 * @param detail the instance's error detail; may be empty
 * @param write whether the call could have changed a record
 */
record Fault(Shape shape, AnswerFacts facts, String message, String detail, boolean write) {

    /** How far the call came. */
    enum Shape {
        /** No connection, so no request. */
        NOT_CONNECTED,
        /** The request left, no answer came in time. */
        TIMED_OUT,
        /** The request left, the connection broke. */
        BROKEN,
        /** This side stopped waiting. */
        INTERRUPTED,
        /** An answer in JSON with the instance's words. */
        SAID,
        /** An answer that is not JSON, or JSON that ends early or says nothing. */
        UNREADABLE
    }

    /** @throws IllegalStateException when the call never left because of a fault in the bridge itself */
    static Fault of(Throwable thrown, AnswerFacts facts, boolean write) {
        if (thrown instanceof ServiceNowException said) {
            return said(said, known(facts, said.getCode()), write);
        }
        if (facts.status() != 0) {
            return new Fault(Shape.UNREADABLE, facts, unreadable(facts), "", write);
        }
        if (thrown instanceof ResponseProcessingException unread && unread.getResponse() != null) {
            AnswerFacts status = known(facts, unread.getResponse().getStatus());
            return new Fault(Shape.UNREADABLE, status, unreadable(status), "", write);
        }
        if (thrown instanceof ProcessingException) {
            return transport(thrown, write);
        }
        throw new IllegalStateException("a ServiceNow call could not be made: " + thrown, thrown);
    }

    /** A status of success around something that is no result. */
    static Fault ofSuccess(AnswerFacts facts, Map<?, ?> meta, boolean write) {
        if (meta.isEmpty()) {
            return new Fault(Shape.UNREADABLE, facts, unreadable(facts), "", write);
        }
        return new Fault(Shape.UNREADABLE, facts, "the instance gave up in the middle of its answer", "", write);
    }

    String text() {
        if (detail.isBlank()) {
            return message;
        }
        return message.isBlank() ? detail : message + ": " + detail;
    }

    private static Fault said(ServiceNowException said, AnswerFacts facts, boolean write) {
        if (said.getAttributes().get("error") instanceof Map<?, ?> error) {
            return new Fault(Shape.SAID, facts, text(error.get("message")), text(error.get("detail")), write);
        }
        return new Fault(Shape.SAID, facts, text(said.getMessage()), text(said.getDetail()), write);
    }

    private static Fault transport(Throwable thrown, boolean write) {
        Shape shape = shape(thrown);
        String words = causes(thrown)
                .map(cause -> cause.getClass().getSimpleName()
                        + (cause.getMessage() == null ? "" : " (" + cause.getMessage() + ")"))
                .reduce((outer, inner) -> inner)
                .orElseThrow();
        return new Fault(shape, AnswerFacts.NONE, words, "", write);
    }

    private static Shape shape(Throwable thrown) {
        if (has(thrown, ConnectException.class)
                || has(thrown, HttpConnectTimeoutException.class)
                || has(thrown, UnknownHostException.class)
                || has(thrown, UnresolvedAddressException.class)
                || has(thrown, NoRouteToHostException.class)
                || has(thrown, SSLHandshakeException.class)) {
            return Shape.NOT_CONNECTED;
        }
        if (has(thrown, HttpTimeoutException.class)) {
            return Shape.TIMED_OUT;
        }
        return has(thrown, InterruptedException.class) ? Shape.INTERRUPTED : Shape.BROKEN;
    }

    private static boolean has(Throwable thrown, Class<? extends Throwable> type) {
        return causes(thrown).anyMatch(type::isInstance);
    }

    private static Stream<Throwable> causes(Throwable thrown) {
        return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause)
                .limit(20);
    }

    private static AnswerFacts known(AnswerFacts facts, int status) {
        return facts.status() != 0
                ? facts
                : new AnswerFacts(
                        status,
                        true,
                        Optional.empty(),
                        facts.hourlyLimit(),
                        Optional.empty(),
                        Optional.empty(),
                        facts.total());
    }

    private static String unreadable(AnswerFacts facts) {
        return facts.json()
                ? "the answer is JSON that ends early or has no result"
                : "the answer is not JSON; a web page or nothing in its place";
    }

    private static String text(Object value) {
        return value == null ? "" : value.toString().strip();
    }
}
