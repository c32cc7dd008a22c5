package io.roombridge.config;

import io.roombridge.config.BadConfiguration.Fault;
import io.roombridge.config.HooksSettings.Source;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Whether what may be handed in over HTTP is well guarded. */
final class HooksRules {

    private static final String PREFIX = "roombridge.hooks.";

    /** Fits into a header and into a path, and cannot be guessed. */
    private static final Pattern TOKEN = Pattern.compile("^[A-Za-z0-9_-]{32,200}$");

    private HooksRules() {}

    static void check(HooksSettings hooks, List<Fault> faults) {
        if (hooks.port().number().isEmpty()) {
            return;
        }
        SettingsRules.atLeastOne(PREFIX + "capacity", hooks.capacity(), faults);
        if (hooks.sources().isEmpty()) {
            faults.add(new Fault(PREFIX + "sources.NAME.token", "", "at least one source is required with a port"));
        }
        hooks.sources().forEach((name, source) -> token(PREFIX + "sources." + name + ".token", source, faults));
        different(hooks, faults);
    }

    private static void token(String key, Source source, List<Fault> faults) {
        int before = faults.size();
        SettingsRules.secret(key, source.token(), source.tokenFile(), true, faults);
        if (faults.size() == before
                && read(key, source)
                        .filter(token -> TOKEN.matcher(token.reveal()).matches())
                        .isEmpty()) {
            faults.add(new Fault(
                    key,
                    "********",
                    "must be 32 to 200 letters, digits, dashes or underscores, drawn at random: openssl rand -hex 32"));
        }
    }

    /** Of two sources with one token nobody could say which one spoke. */
    private static void different(HooksSettings hooks, List<Fault> faults) {
        if (!faults.isEmpty()) {
            return;
        }
        Map<String, String> owner = new HashMap<>();
        hooks.sources().forEach((name, source) -> {
            String key = PREFIX + "sources." + name + ".token";
            String other = owner.putIfAbsent(read(key, source).orElseThrow().reveal(), name);
            if (other != null) {
                faults.add(new Fault(key, "********", "is also that of " + other + "; each source needs its own"));
            }
        });
    }

    private static Optional<Secret> read(String key, Source source) {
        return Secrets.read(key, source.token(), source.tokenFile());
    }
}
