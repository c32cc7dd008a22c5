package io.roombridge.sandbox.servicenow;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpChunkedInput;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.stream.ChunkedNioFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * One connection: turns what the client sends into a {@link Request} once, hands it to a worker, and writes the answer
 * or ends the connection. Files go to disk and come from there, a piece at a time. An {@code Upgrade: h2c} is ignored. The next request of the connection is read only after the
 * answer to this one.
 */
final class HttpConversation extends SimpleChannelInboundHandler<HttpObject> {

    /** Clients use the Batch API for longer ones; an instance answers them with a page of HTML. */
    private static final int MAX_URL = 16_384;

    private static final String TOO_LONG = "<html><body><h1>Request-URI Too Long</h1></body></html>";
    private static final String TOO_LARGE = "<html><body><h1>Request Entity Too Large</h1></body></html>";

    private final Instance instance;
    private final DiskFiles files;
    private final Executor workers;
    private final boolean tls;

    /** The request whose body is coming in; null between requests and after a refusal. Only the channel's loop sees it. */
    private HttpRequest head;

    private BodySink body;

    HttpConversation(Instance instance, DiskFiles files, Executor workers, boolean tls) {
        this.instance = instance;
        this.files = files;
        this.workers = workers;
        this.tls = tls;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject part) throws IOException {
        if (part instanceof HttpRequest start) {
            begin(context, start);
        }
        if (part instanceof HttpContent content && head != null) {
            body.add(content.content());
            if (body.tooLarge()) {
                refuse(context, 413, TOO_LARGE);
            } else if (content instanceof LastHttpContent) {
                end(context);
            }
        }
    }

    private void begin(ChannelHandlerContext context, HttpRequest start) {
        head = start;
        if (start.decoderResult().isFailure() || start.uri().length() > MAX_URL) {
            refuse(context, 414, TOO_LONG);
            return;
        }
        boolean upload = start.method().name().equals("POST") && start.uri().contains("/attachment/");
        body = upload ? BodySink.onDisk(files) : BodySink.inMemory();
        if (HttpUtil.is100ContinueExpected(start)) {
            context.writeAndFlush(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
        }
    }

    private void refuse(ChannelHandlerContext context, int status, String page) {
        write(context, Reply.html(status, page), head.method().name(), "", false);
        head = null;
    }

    private void end(ChannelHandlerContext context) throws IOException {
        boolean keepAlive = HttpUtil.isKeepAlive(head);
        Request request = parse(head, body.content());
        head = null;
        body = null;
        context.channel().config().setAutoRead(false);
        try {
            workers.execute(() -> deliver(context, request, keepAlive));
        } catch (RejectedExecutionException e) {
            write(context, Reply.html(429, "rejecting request"), request.method(), request.transaction(), keepAlive);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        if (body != null) {
            body.discard();
        }
        super.channelInactive(context);
    }

    private void deliver(ChannelHandlerContext context, Request request, boolean keepAlive) {
        Delivery delivery = instance.serve(request);
        Runnable end = delivery.reply().isPresent()
                ? () -> write(context, delivery.reply().get(), request.method(), request.transaction(), keepAlive)
                : () -> drop(context, delivery.reset());
        context.executor().schedule(end, delivery.delay().toMillis(), TimeUnit.MILLISECONDS);
    }

    private Request parse(HttpRequest http, Content content) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        http.headers().forEach(header -> headers.put(header.getKey(), header.getValue()));
        return instance.request(http.method().name(), http.uri(), headers, content, tls ? "https://" : "http://");
    }

    private void write(
            ChannelHandlerContext context, Reply reply, String method, String transaction, boolean keepAlive) {
        boolean bodiless = method.equals("HEAD") || reply.status() == 204;
        boolean streamed = !bodiless && reply.body().file().isPresent();
        HttpResponseStatus status = HttpResponseStatus.valueOf(reply.status());
        HttpResponse response = streamed
                ? new DefaultHttpResponse(HttpVersion.HTTP_1_1, status)
                : new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1,
                        status,
                        bodiless
                                ? Unpooled.EMPTY_BUFFER
                                : Unpooled.wrappedBuffer(reply.body().bytes()));
        instance.usualHeaders(transaction, reply.status()).forEach(response.headers()::set);
        reply.headers().forEach(response.headers()::set);
        if (reply.status() != 204) {
            response.headers().set(HttpHeaderNames.CONTENT_LENGTH, reply.body().size());
        }
        response.headers().set(HttpHeaderNames.CONNECTION, keepAlive ? "keep-alive" : "close");
        ChannelFuture written = context.write(response);
        if (streamed) {
            written = context.write(chunks(reply.body()));
        }
        context.flush();
        if (keepAlive) {
            context.channel().config().setAutoRead(true);
        } else {
            written.addListener(ChannelFutureListener.CLOSE);
        }
    }

    private static HttpChunkedInput chunks(Content content) {
        try {
            return new HttpChunkedInput(
                    new ChunkedNioFile(content.file().orElseThrow().toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void drop(ChannelHandlerContext context, boolean reset) {
        if (reset) {
            // No lingering: closing throws away what was not sent and tells the peer with an RST.
            context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
        }
        context.close();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // A client that went away, or a TLS client that does not know our authority: its business, not ours.
        context.close();
    }
}
