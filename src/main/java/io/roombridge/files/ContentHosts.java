package io.roombridge.files;

import io.roombridge.files.ContentFailure.Kind;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which addresses the bridge may fetch contents from: an event's URL is text that somebody sent, and must not make the
 * bridge read from inside the network it runs in.
 *
 * <p>The host has to be configured, the scheme has to be https, and every address the name resolves to has to be public.
 * A name that resolves to another address a moment later (DNS rebinding) still has to present a certificate for the
 * configured host before a byte of a request is sent; plain http is possible to loopback only. Besides, the Java runtime
 * connects to the address that was checked, as it remembers a resolved name for 30 seconds.
 *
 * @param hosts exact names, or {@code *.example.com} for every host below it; lower case
 * @param privateAllowed hosts of the inner network may be used; link-local ones, where clouds keep credentials, never
 * @param loopbackAllowed this machine may be used, also by plain http; for the sandbox
 */
public record ContentHosts(List<String> hosts, boolean privateAllowed, boolean loopbackAllowed) {

    /** How a name becomes addresses. */
    interface Resolver {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    public ContentHosts {
        hosts = hosts.stream()
                .map(host -> host.strip().toLowerCase(Locale.ROOT))
                .filter(host -> !host.isEmpty())
                .toList();
    }

    /** @throws ContentFailure when the address may not be used, or its name is unknown now */
    void check(URI url, Resolver resolver) {
        String host = Optional.ofNullable(url.getHost())
                .map(name -> name.toLowerCase(Locale.ROOT))
                .orElseThrow(() -> refused("the address has no host"));
        if (url.getRawUserInfo() != null) {
            throw refused("the address of " + host + " carries credentials");
        }
        if (hosts.stream().noneMatch(allowed -> matches(allowed, host))) {
            throw refused("the host " + host + " is not among roombridge.files.hosts");
        }
        boolean https = "https".equalsIgnoreCase(url.getScheme());
        if (!https && !(loopbackAllowed && "http".equalsIgnoreCase(url.getScheme()))) {
            throw refused("the address of " + host + " is not https");
        }
        for (InetAddress address : resolved(host, resolver)) {
            AddressKind kind = AddressKind.of(address);
            if (!allowed(kind) || !https && kind != AddressKind.LOOPBACK) {
                throw refused("the host " + host + " has a " + kind.label() + " address");
            }
        }
    }

    private boolean allowed(AddressKind kind) {
        return switch (kind) {
            case PUBLIC -> true;
            case LOOPBACK -> loopbackAllowed;
            case PRIVATE -> privateAllowed;
            case NEVER -> false;
        };
    }

    private static InetAddress[] resolved(String host, Resolver resolver) {
        try {
            return resolver.resolve(host);
        } catch (UnknownHostException e) {
            throw new ContentFailure(
                    Kind.UNAVAILABLE, "the name of the host " + host + " is not known now", Optional.empty(), e);
        }
    }

    private static boolean matches(String allowed, String host) {
        return allowed.startsWith("*.")
                ? host.endsWith(allowed.substring(1)) && host.length() > allowed.length() - 1
                : host.equals(allowed);
    }

    private static ContentFailure refused(String detail) {
        return ContentFailure.of(Kind.REFUSED, detail);
    }
}
