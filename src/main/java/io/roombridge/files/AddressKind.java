package io.roombridge.files;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** Where an IP address leads, also one of IPv4 inside one of IPv6 (mapped, 6to4, NAT64, Teredo). */
enum AddressKind {
    PUBLIC("public"),
    LOOPBACK("loopback"),
    PRIVATE("private"),
    /** Link-local (cloud metadata), unspecified, multicast, the platform's own: nothing a content could lie on. */
    NEVER("link-local or reserved");

    /** Azure's platform answers here, and Amazon's metadata in IPv6. */
    private static final byte[] AZURE_PLATFORM = {(byte) 168, 63, (byte) 129, 16};

    private static final byte[] AMAZON_METADATA = {
        (byte) 0xfd, 0, 0x0e, (byte) 0xc2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0x54
    };

    private final String label;

    AddressKind(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    static AddressKind of(InetAddress address) {
        if (address instanceof Inet6Address six) {
            return ofSix(six);
        }
        byte[] bytes = address.getAddress();
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        if (address.isLoopbackAddress()) {
            return LOOPBACK;
        }
        if (address.isLinkLocalAddress() || first == 0 || first >= 224 || Arrays.equals(bytes, AZURE_PLATFORM)) {
            return NEVER;
        }
        boolean carrier = first == 100 && second >= 64 && second < 128;
        boolean benchmark = first == 198 && (second == 18 || second == 19);
        boolean protocol = first == 192 && second == 0 && (bytes[2] == 0 || bytes[2] == 2);
        boolean documentation =
                first == 198 && second == 51 && bytes[2] == 100 || first == 203 && second == 0 && bytes[2] == 113;
        return address.isSiteLocalAddress() || carrier || benchmark || protocol || documentation ? PRIVATE : PUBLIC;
    }

    private static AddressKind ofSix(Inet6Address address) {
        byte[] bytes = address.getAddress();
        if (address.isLoopbackAddress()) {
            return LOOPBACK;
        }
        if (address.isLinkLocalAddress()
                || address.isAnyLocalAddress()
                || address.isMulticastAddress()
                || Arrays.equals(bytes, AMAZON_METADATA)) {
            return NEVER;
        }
        if (starts(bytes, 0x20, 0x02)) {
            return of(four(bytes, 2));
        }
        if (starts(bytes, 0x00, 0x64, 0xff, 0x9b) || zeros(bytes, 0, 10)) {
            return of(four(bytes, 12));
        }
        if (starts(bytes, 0x20, 0x01, 0, 0)) {
            return NEVER;
        }
        boolean uniqueLocal = (bytes[0] & 0xfe) == 0xfc;
        return uniqueLocal || address.isSiteLocalAddress() ? PRIVATE : PUBLIC;
    }

    private static boolean starts(byte[] bytes, int... prefix) {
        for (int i = 0; i < prefix.length; i++) {
            if ((bytes[i] & 0xff) != prefix[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean zeros(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private static Inet4Address four(byte[] bytes, int at) {
        try {
            return (Inet4Address) InetAddress.getByAddress(Arrays.copyOfRange(bytes, at, at + 4));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an IPv4 address", e);
        }
    }
}
