package io.roombridge.ops;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * One connection, which carries one request: judged by its head before its body is read, read within bounds, and then
 * handed on. A client that sends slowly or nothing holds a socket and no thread.
 */
final class Conversation extends SimpleChannelInboundHandler<HttpObject> {

    private static final String JSON = "application/json";

    private final Endpoints endpoints;
    private final Gate gate;
    private final Answering answering;
    private final Waiting waiting;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    /** The request whose body is coming in; null before it. */
    private HttpRequest head;

    /** Whether it is answered, or will be; what comes after it is thrown away. */
    private boolean over;

    Conversation(Endpoints endpoints, Gate gate, Answering answering, Waiting waiting) {
        this.endpoints = endpoints;
        this.gate = gate;
        this.answering = answering;
        this.waiting = waiting;
    }

    @Override
    public void channelActive(ChannelHandlerContext client) {
        waiting.begin(client.channel());
    }

    @Override
    public void channelInactive(ChannelHandlerContext client) {
        waiting.end(client.channel());
    }

    @Override
    protected void channelRead0(ChannelHandlerContext client, HttpObject part) throws IOException {
        if (over) {
            return;
        }
        try {
            if (part instanceof HttpRequest request) {
                begin(client, request);
            }
            if (part instanceof HttpContent content) {
                take(client, content);
            }
        } catch (Refusal refusal) {
            // The client may still be sending: the rest is read and thrown away, or it would not see the answer.
            over = true;
            answering.refuse(client.channel(), refusal);
        }
    }

    private void begin(ChannelHandlerContext client, HttpRequest request) {
        if (request.decoderResult().isFailure()) {
            throw Refusal.badRequest("this is no HTTP request that can be read: "
                    + request.decoderResult().cause().getMessage());
        }
        String from = ((InetSocketAddress) client.channel().remoteAddress())
                .getAddress()
                .getHostAddress();
        gate.admit(
                from,
                header(request, HttpHeaderNames.HOST),
                header(request, HttpHeaderNames.AUTHORIZATION),
                endpoints.open(request.method().name(), target(request).getPath()));
        if (HttpUtil.getContentLength(request, 0L) > ManagementServer.LONGEST_BODY) {
            throw tooLong();
        }
        head = request;
        if (HttpUtil.is100ContinueExpected(request)) {
            client.writeAndFlush(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
        }
    }

    private void take(ChannelHandlerContext client, HttpContent content) throws IOException {
        ByteBuf bytes = content.content();
        if (content.decoderResult().isFailure()) {
            throw Refusal.badRequest("the body cannot be read: "
                    + content.decoderResult().cause().getMessage());
        }
        if (body.size() + bytes.readableBytes() > ManagementServer.LONGEST_BODY) {
            throw tooLong();
        }
        bytes.readBytes(body, bytes.readableBytes());
        if (content instanceof LastHttpContent) {
            Call call = call();
            over = true;
            waiting.end(client.channel());
            answering.answer(client.channel(), call);
        }
    }

    /** No form of a web page can send this media type to another site without asking first. */
    private Call call() {
        if (body.size() > 0
                && header(head, HttpHeaderNames.CONTENT_TYPE)
                        .filter(type -> type.startsWith(JSON))
                        .isEmpty()) {
            throw new Refusal(415, "the body must be sent as " + JSON);
        }
        URI target = target(head);
        return new Call(
                head.method().name(),
                target.getPath(),
                Call.parsed(target.getRawQuery()),
                Json.object(body.toString(StandardCharsets.UTF_8)),
                head.headers().get(HttpHeaderNames.ACCEPT, ""));
    }

    private static URI target(HttpRequest request) {
        try {
            URI target = new URI(request.uri());
            if (target.getPath() != null) {
                return target;
            }
        } catch (URISyntaxException e) {
            // As one without a path.
        }
        throw Refusal.badRequest("the address is not well escaped");
    }

    private static Refusal tooLong() {
        return new Refusal(413, "the body is longer than " + ManagementServer.LONGEST_BODY + " bytes");
    }

    private static Optional<String> header(HttpRequest request, CharSequence name) {
        return Optional.ofNullable(request.headers().get(name));
    }

    /** A client that went away, or sends what is no HTTP. */
    @Override
    public void exceptionCaught(ChannelHandlerContext client, Throwable cause) {
        client.close();
    }
}
