package io.roombridge.ops;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Under which names the management API may be asked. A web page can let its own name point to this machine and then talk to
 * it through a visitor's browser (DNS rebinding); the {@code Host} header still carries the page's name. So a name has to be
 * {@code localhost} or a configured one. An address is no name that anybody could point elsewhere.
 */
record HostNames(List<String> allowed) {

    private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-fA-F:.%a-z]+]");
    private static final Pattern PORT = Pattern.compile(":\\d{1,5}$");

    boolean admit(Optional<String> hostHeader) {
        return hostHeader
                .map(header -> PORT.matcher(header.strip()).replaceFirst("").toLowerCase(Locale.ROOT))
                .filter(name -> ADDRESS.matcher(name).matches()
                        || name.equals("localhost")
                        || allowed.stream().anyMatch(name::equalsIgnoreCase))
                .isPresent();
    }
}
