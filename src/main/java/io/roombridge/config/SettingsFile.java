package io.roombridge.config;

import io.roombridge.config.BadConfiguration.Fault;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Reads settings from a properties file and the environment ({@code ROOMBRIDGE_HUB_EVENTS} for
 * {@code roombridge.hub.events}; the environment wins), and reports every fault at once.
 */
public final class SettingsFile {

    private static final int FILE_ORDINAL = 100;
    private static final int ENVIRONMENT_ORDINAL = 300;
    private static final int GIVEN_ORDINAL = 400;
    private static final Pattern UNKNOWN_KEY = Pattern.compile("SRCFG00050: (\\S+) in .* does not map to any root");
    private static final Pattern BAD_VALUE = Pattern.compile(
            "SRCFG00039: The config property (\\S+) with the config value \"(.*?)\" threw .*", Pattern.DOTALL);

    private SettingsFile() {}

    /**
     * @param file a properties file in UTF-8; need not exist
     * @param environment normally {@link System#getenv()}
     * @param given settings that win over both, from the command line
     * @throws BadConfiguration with every fault
     */
    public static Settings read(Path file, Map<String, String> environment, Map<String, String> given) {
        Sources sources = new Sources(file, properties(file), environment, given);
        List<Fault> faults = new ArrayList<>(strayVariables(environment));
        try {
            Settings settings = sources.settings();
            faults.addAll(SettingsRules.check(settings));
            if (faults.isEmpty()) {
                return settings;
            }
        } catch (ConfigValidationException e) {
            List<Fault> unreadable = faults(e);
            faults.addAll(unreadable);
            faults.addAll(missingBesides(sources, unreadable));
        }
        throw new BadConfiguration(faults);
    }

    /** The rules still hold for what can be read; a value that cannot be read is left out, and not told of twice. */
    private static List<Fault> missingBesides(Sources sources, List<Fault> unreadable) {
        Set<String> keys = unreadable.stream().map(Fault::key).collect(Collectors.toSet());
        try {
            return SettingsRules.check(sources.without(keys).settings()).stream()
                    .filter(fault -> !keys.contains(fault.key()))
                    .toList();
        } catch (ConfigValidationException e) {
            return List.of();
        }
    }

    private static List<Fault> faults(ConfigValidationException e) {
        return IntStream.range(0, e.getProblemCount())
                .mapToObj(i -> fault(e.getProblem(i).getMessage()))
                .toList();
    }

    /** Where values come from, the weakest first. */
    private record Sources(
            Path file, Map<String, String> properties, Map<String, String> environment, Map<String, String> given) {

        Settings settings() {
            SmallRyeConfig config = new SmallRyeConfigBuilder()
                    .withSources(new PropertiesConfigSource(properties, file.toString(), FILE_ORDINAL))
                    .withSources(new EnvConfigSource(environment, ENVIRONMENT_ORDINAL))
                    .withSources(new PropertiesConfigSource(given, "the command line", GIVEN_ORDINAL))
                    .withMapping(Settings.class)
                    .withValidateUnknown(true)
                    .build();
            return config.getConfigMapping(Settings.class);
        }

        Sources without(Set<String> keys) {
            Set<String> variables = keys.stream().map(SettingKeys::variable).collect(Collectors.toSet());
            return new Sources(
                    file, dropping(properties, keys), dropping(environment, variables), dropping(given, keys));
        }

        private static Map<String, String> dropping(Map<String, String> values, Set<String> keys) {
            Map<String, String> rest = new HashMap<>(values);
            rest.keySet().removeAll(keys);
            return rest;
        }
    }

    private static Map<String, String> properties(Path file) {
        Properties properties = new Properties();
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                properties.load(reader);
            } catch (IOException | IllegalArgumentException e) {
                throw new BadConfiguration(List.of(new Fault(
                        file.toString(), "", "cannot be read as a properties file in UTF-8: " + e.getMessage())));
            }
        }
        Map<String, String> values = new HashMap<>();
        properties.forEach((key, value) -> values.put(key.toString(), value.toString()));
        return values;
    }

    private static List<Fault> strayVariables(Map<String, String> environment) {
        return environment.keySet().stream()
                .filter(SettingKeys::strayVariable)
                .sorted()
                .map(name -> new Fault(name, "", "names no setting; config/roombridge.properties shows every one"))
                .toList();
    }

    private static Fault fault(String problem) {
        Matcher unknown = UNKNOWN_KEY.matcher(problem);
        if (unknown.find()) {
            return new Fault(unknown.group(1), "", "is not a setting; " + SettingsRules.suggestion(unknown.group(1)));
        }
        Matcher bad = BAD_VALUE.matcher(problem);
        return bad.find()
                ? new Fault(
                        bad.group(1), SettingsRules.shown(bad.group(1), bad.group(2)), SettingsRules.expected(problem))
                : new Fault("roombridge", "", problem);
    }
}
