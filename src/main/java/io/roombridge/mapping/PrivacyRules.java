package io.roombridge.mapping;

import io.roombridge.config.Spelling;
import io.roombridge.privacy.Destination;
import io.roombridge.privacy.Privacy;
import io.roombridge.privacy.Sensitive;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What may stand where ({@code privacy.yaml}). A file cannot let through what must not be in tickets (facts/portal.md, section
 * 8), neither by a word too much nor by one too few.
 */
final class PrivacyRules {

    static final String FILE = "privacy.yaml";

    private static final String EVERYWHERE = "everywhere";

    /** Only the desk may see these fields: identities of accounts, machines and networks. */
    private static final Set<String> IDENTITIES = Set.of(
            "resourceaccountupn",
            "upn",
            "serial",
            "serialnumber",
            "hostname",
            "deviceid",
            "ip",
            "ipaddress",
            "mac",
            "macaddress",
            "email");

    private static final Set<String> FORBIDDEN = Set.of("latitude", "longitude", "coordinates", "actor.id");

    private PrivacyRules() {}

    static Privacy read(YamlNode file) {
        Map<String, YamlNode> top = file.entries(List.of("fields", "must-not", "restricted"));
        Map<String, Set<Destination>> fields = new HashMap<>();
        Optional.ofNullable(top.get("fields"))
                .ifPresentOrElse(
                        node -> node.entries(places()).forEach((place, paths) -> fields(place, paths, fields)),
                        () -> file.fault("no fields", "an entry 'fields:' with the fields that mapping files see"));
        Optional.ofNullable(top.get("must-not"))
                .ifPresentOrElse(
                        PrivacyRules::checkWhole, () -> file.fault("no must-not", "must-not: " + labels(true)));
        Map<Sensitive, Set<Destination>> restricted = new EnumMap<>(Sensitive.class);
        Optional.ofNullable(top.get("restricted")).ifPresent(node -> restricted(node, restricted));
        return new Privacy(fields, restricted);
    }

    /** Whether the last part of a path names an account, a machine or a network. */
    static boolean identifies(String path) {
        return IDENTITIES.contains(path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }

    private static List<String> places() {
        return Stream.concat(Stream.of(EVERYWHERE), Destination.labels().stream())
                .toList();
    }

    private static void fields(String place, YamlNode paths, Map<String, Set<Destination>> fields) {
        Set<Destination> where = Destination.of(place).map(Set::of).orElse(EnumSet.allOf(Destination.class));
        for (YamlNode path : paths.items()) {
            check(path, where);
            fields.computeIfAbsent(path.text(), unused -> EnumSet.noneOf(Destination.class))
                    .addAll(where);
        }
    }

    private static void check(YamlNode path, Set<Destination> where) {
        String last = path.text().substring(path.text().lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        if (FORBIDDEN.contains(last) || FORBIDDEN.contains(path.text())) {
            path.fault("'" + path.text() + "' must not be in any ticket", "a list without it");
        } else if (identifies(path.text()) && !where.equals(Set.of(Destination.WORK_NOTES))) {
            path.fault(
                    "'" + path.text() + "' identifies an account or a machine",
                    "it below '" + Destination.WORK_NOTES.label() + ":', where only the desk reads it");
        }
    }

    private static void checkWhole(YamlNode list) {
        List<String> named = list.items().stream().map(YamlNode::text).toList();
        list.items().stream()
                .filter(item ->
                        Sensitive.of(item.text()).filter(Sensitive::mustNot).isEmpty())
                .forEach(item -> item.fault(
                        "'" + item.text() + "' is no such rule",
                        "one of " + labels(true),
                        Spelling.nearest(item.text(), labels(true))));
        labels(true).stream()
                .filter(label -> !named.contains(label))
                .forEach(label -> list.fault(
                        "the rule '" + label + "' is missing; it cannot be switched off", "must-not: " + labels(true)));
    }

    private static void restricted(YamlNode node, Map<Sensitive, Set<Destination>> restricted) {
        node.entries(labels(false))
                .forEach((label, places) -> Sensitive.of(label).ifPresent(kind -> {
                    Set<Destination> where = EnumSet.noneOf(Destination.class);
                    for (YamlNode place : places.items()) {
                        Destination.of(place.text())
                                .ifPresentOrElse(
                                        where::add,
                                        () -> place.fault(
                                                "'" + place.text() + "' is no place",
                                                "one of " + String.join(", ", Destination.labels()),
                                                Spelling.nearest(place.text(), Destination.labels())));
                    }
                    restricted.put(kind, where);
                }));
    }

    private static List<String> labels(boolean mustNot) {
        return Arrays.stream(Sensitive.values())
                .filter(kind -> kind.mustNot() == mustNot)
                .map(Sensitive::label)
                .toList();
    }
}
