package io.roombridge.ops;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.roombridge.ops.Endpoint.Access;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that answer complete requests, and how an answer is sent. Probes have threads of their own: whoever reads a
 * history or runs a simulation must not make the process look dead.
 */
final class Answering implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Answering.class);
    private static final int WORKERS = 4;
    private static final int PROBES = 2;
    private static final int QUEUE = 256;
    private static final Duration COME_BACK = Duration.ofSeconds(10);
    private static final Duration GOODBYE = Duration.ofSeconds(5);

    private final String port;
    private final ThreadPoolExecutor workers;
    private final ThreadPoolExecutor probes;

    /** @param port its name, for threads and the log */
    Answering(String port) {
        this.port = port;
        this.workers = threads(port, WORKERS);
        this.probes = threads(port + "-probes", PROBES);
    }

    private static ThreadPoolExecutor threads(String name, int count) {
        return new ThreadPoolExecutor(
                count,
                count,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(QUEUE),
                new DefaultThreadFactory(name, true));
    }

    /** Answers when a thread is free, and ends the connection. */
    void answer(Channel client, Access access, Supplier<Answer> request) {
        Runnable answering = () -> send(client, answered(request), ChannelFutureListener.CLOSE);
        try {
            switch (access) {
                case AT_ONCE -> answering.run();
                case OPEN -> probes.execute(answering);
                case TOKEN -> workers.execute(answering);
            }
        } catch (RejectedExecutionException tooMany) {
            refuse(client, new Refusal(503, "too many requests at the same time; try again"));
        }
    }

    /** Says why a request is not read to its end; the client ends the connection, or its deadline does. */
    void refuse(Channel client, Refusal refusal) {
        send(client, Answer.of(refusal), sent -> {
            if (sent.isSuccess() && client instanceof DuplexChannel connection) {
                connection.shutdownOutput();
            } else {
                client.close();
            }
        });
    }

    /** The path is not logged: where a sender can set no header, its secret is part of it. */
    private Answer answered(Supplier<Answer> request) {
        try {
            return request.get();
        } catch (Refusal refusal) {
            return Answer.of(refusal);
        } catch (RuntimeException failure) {
            LOG.atError().addKeyValue("port", port).setCause(failure).log("a request could not be answered");
            return Answer.of(new Refusal(500, "the bridge failed to answer; its log says why"));
        }
    }

    private static void send(Channel client, Answer answer, ChannelFutureListener after) {
        client.write(head(answer));
        try (OutputStream body = new AnswerStream(client)) {
            answer.body().writeTo(body);
        } catch (IOException | RuntimeException failure) {
            // Half an answer must not look like a whole one.
            LOG.atWarn().setCause(failure).log("an answer could not be sent");
            client.close();
            return;
        }
        client.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT).addListener(after);
    }

    private static HttpResponse head(Answer answer) {
        HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(answer.status()));
        head.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, answer.type())
                .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE)
                .set("X-Content-Type-Options", "nosniff")
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        if (answer.status() == HttpResponseStatus.UNAUTHORIZED.code()) {
            head.headers().set(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer");
        }
        if (!answer.allowed().isEmpty()) {
            head.headers().set(HttpHeaderNames.ALLOW, String.join(", ", answer.allowed()));
        }
        if (answer.status() == HttpResponseStatus.TOO_MANY_REQUESTS.code()) {
            head.headers().set(HttpHeaderNames.RETRY_AFTER, FailedAttempts.WINDOW.toSeconds());
        }
        if (answer.status() == HttpResponseStatus.SERVICE_UNAVAILABLE.code()) {
            head.headers().set(HttpHeaderNames.RETRY_AFTER, COME_BACK.toSeconds());
        }
        HttpUtil.setTransferEncodingChunked(head, true);
        return head;
    }

    @Override
    public void close() {
        probes.shutdownNow();
        // Not interrupted: an interrupt in the middle of a write closes an H2 file for everybody.
        workers.shutdown();
        try {
            workers.awaitTermination(GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
