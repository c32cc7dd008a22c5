package io.roombridge.ops;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
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
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One connection, which carries one request: judged by its head before its body is read, read within bounds, and then
 * handed on. A client that sends slowly or nothing holds a socket and no thread.
 */
final class Conversation extends SimpleChannelInboundHandler<HttpObject> {

    private final Reception reception;
    private final Answering answering;
    private final Waiting waiting;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    /** The request whose body is coming in; null before it. */
    private Reception.Visit visit;

    /** In bytes. */
    private int longestBody;

    /** Whether it is answered, or will be; what comes after it is thrown away. */
    private boolean over;

    Conversation(Reception reception, Answering answering, Waiting waiting) {
        this.reception = reception;
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
        Head head = head(client, request);
        visit = reception.admit(head);
        longestBody = reception.longestBody(head);
        if (HttpUtil.getContentLength(request, 0L) > longestBody) {
            throw tooLong();
        }
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
        if (body.size() + bytes.readableBytes() > longestBody) {
            throw tooLong();
        }
        bytes.readBytes(body, bytes.readableBytes());
        if (content instanceof LastHttpContent) {
            over = true;
            waiting.end(client.channel());
            answering.answer(client.channel(), visit.access(), () -> visit.answer(body.toByteArray()));
        }
    }

    private static Head head(ChannelHandlerContext client, HttpRequest request) {
        Map<String, String> headers = new HashMap<>();
        request.headers()
                .forEach(header -> headers.merge(
                        header.getKey().toLowerCase(Locale.ROOT),
                        header.getValue(),
                        (one, other) -> one + ", " + other));
        String from = ((InetSocketAddress) client.channel().remoteAddress())
                .getAddress()
                .getHostAddress();
        return new Head(from, request.method().name(), target(request), headers);
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

    private Refusal tooLong() {
        return new Refusal(413, "the body is longer than " + longestBody + " bytes");
    }

    /** A client that went away, or sends what is no HTTP. */
    @Override
    public void exceptionCaught(ChannelHandlerContext client, Throwable cause) {
        client.close();
    }
}
