package io.roombridge.privacy;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What may stand where: the fields of an event that can be seen for each destination, and what is taken out of the texts
 * that go there. Made from {@code privacy.yaml}. Pure; taking out again changes nothing.
 */
public final class Privacy {

    /** As long as an ordinary word; a shorter name of a host would be taken out of the middle of sentences. */
    private static final int SHORTEST_IDENTITY = 5;

    private static final int LONGEST_EXTENSION = 16;

    /** Nothing restricted anywhere, and no field of an event. */
    public static final Privacy STRICTEST = new Privacy(Map.of(), Map.of());

    private final Map<String, Set<Destination>> fields;
    private final Map<Sensitive, Set<Destination>> restricted;

    /**
     * @param fields by path ({@code ticket.title}; {@code room} stands for each of the rooms), for which destinations
     *     mappings see it
     * @param restricted where the restricted kinds may stand; nowhere for those that are missing
     */
    public Privacy(Map<String, Set<Destination>> fields, Map<Sensitive, Set<Destination>> restricted) {
        this.fields = Map.copyOf(fields);
        this.restricted = new EnumMap<>(Sensitive.class);
        restricted.forEach((kind, where) -> this.restricted.put(kind, kind.mustNot() ? Set.of() : Set.copyOf(where)));
    }

    /** Whether a mapping sees the field for this destination. */
    public boolean shows(String path, Destination to) {
        return fields.getOrDefault(path, Set.of()).contains(to);
    }

    /** Whether any field below the path can be seen for any destination, or the field itself. */
    public boolean showsAnything(String path) {
        return fields.keySet().stream().anyMatch(shown -> shown.equals(path) || shown.startsWith(path + "."));
    }

    /** Where data of this kind may stand. */
    public boolean allows(Sensitive kind, Destination to) {
        return restricted.getOrDefault(kind, Set.of()).contains(to);
    }

    /** The text as it may stand there. */
    public String clean(String text, Destination to) {
        return clean(text, to, Set.of());
    }

    /** @param identities of the device that the text may be about, taken out wherever they stand in it */
    public String clean(String text, Destination to, Collection<String> identities) {
        return taken(text, kind -> !allows(kind, to), identities, kind -> {});
    }

    /** How often each kind stands in a text of those that may not stand everywhere. */
    public Map<Sensitive, Integer> found(String text, Collection<String> identities) {
        Map<Sensitive, Integer> found = new EnumMap<>(Sensitive.class);
        taken(text, kind -> !allowsEverywhere(kind), identities, kind -> found.merge(kind, 1, Integer::sum));
        return found;
    }

    /** A text that no rule speaks of, such as a line of a list: nothing restricted may stand there. */
    public static String strictly(String text) {
        return STRICTEST.clean(text, Destination.FIELDS);
    }

    /** The name of a file, on either side, where everybody reads it; it keeps its extension. */
    public static String fileName(String name) {
        String clean = strictly(name);
        String extension = name.substring(Math.max(0, name.lastIndexOf('.')));
        boolean lost =
                extension.startsWith(".") && extension.length() <= LONGEST_EXTENSION && !clean.endsWith(extension);
        return lost ? clean + extension : clean;
    }

    private boolean allowsEverywhere(Sensitive kind) {
        return Arrays.stream(Destination.values()).allMatch(to -> allows(kind, to));
    }

    private static String taken(
            String text, Predicate<Sensitive> kinds, Collection<String> identities, Consumer<Sensitive> hit) {
        String rest = text;
        for (Sensitive kind : Sensitive.values()) {
            if (kinds.test(kind)) {
                rest = kind.takenOut(rest, hit);
            }
        }
        return kinds.test(Sensitive.DEVICE_IDENTITY) ? withoutIdentities(rest, identities, hit) : rest;
    }

    private static String withoutIdentities(String text, Collection<String> identities, Consumer<Sensitive> hit) {
        String rest = text;
        for (String identity : identities) {
            if (identity.length() >= SHORTEST_IDENTITY) {
                rest = word(identity).matcher(rest).replaceAll(found -> {
                    hit.accept(Sensitive.DEVICE_IDENTITY);
                    return Matcher.quoteReplacement(Sensitive.DEVICE_IDENTITY.mark());
                });
            }
        }
        return rest;
    }

    private static Pattern word(String literal) {
        return Pattern.compile(
                "(?<![\\p{L}\\p{N}])" + Pattern.quote(literal) + "(?![\\p{L}\\p{N}])", Pattern.CASE_INSENSITIVE);
    }
}
