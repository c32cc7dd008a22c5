package io.roombridge.ops;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The table of docs/metrics.md, to be compared with what is exposed. */
public final class MetricsPage {

    private static final Pattern ROW =
            Pattern.compile("\\| `(roombridge_[a-z_]+)` \\| (counter|gauge|histogram) \\| ([^|]*)\\|[^|]*\\|[^|]*\\|");
    private static final Pattern NAME = Pattern.compile("`([a-z_]+)`");

    private MetricsPage() {}

    /** By name: type and labels of each family of the bridge that is exposed. */
    public static Map<String, String> exposed(Scrape scrape) {
        Map<String, String> exposed = new TreeMap<>();
        scrape.types().forEach((name, type) -> {
            if (name.startsWith("roombridge_") && !name.endsWith("_seconds_max")) {
                exposed.put(name, type + " " + labels(scrape, name, type));
            }
        });
        return exposed;
    }

    private static Set<String> labels(Scrape scrape, String name, String type) {
        String line = type.equals("histogram") ? name + "_count" : name;
        return scrape.samples().stream()
                .filter(sample -> sample.name().equals(line))
                .flatMap(sample -> sample.labels().keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** By name: type and labels, as the page says. */
    public static Map<String, String> documented() {
        Map<String, String> documented = new TreeMap<>();
        Matcher rows = ROW.matcher(page());
        while (rows.find()) {
            Set<String> labels = NAME.matcher(rows.group(3))
                    .results()
                    .map(label -> label.group(1))
                    .collect(Collectors.toCollection(TreeSet::new));
            documented.put(rows.group(1), rows.group(2) + " " + labels);
        }
        return documented;
    }

    private static String page() {
        try {
            return Files.readString(Path.of("docs/metrics.md"), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
