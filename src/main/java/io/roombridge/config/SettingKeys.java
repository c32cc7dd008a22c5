package io.roombridge.config;

import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The names of all settings, read off {@link Settings}, so that a wrong name can be told from a right one. */
final class SettingKeys {

    private static final String ROOT = "roombridge";
    private static final String ENVIRONMENT_PREFIX = "ROOMBRIDGE_";

    /** Every key; {@code *} stands for a name that an administrator chooses. */
    static final Set<String> ALL = keysOf(Settings.class, ROOT, new TreeSet<>());

    private SettingKeys() {}

    private static Set<String> keysOf(Class<?> group, String prefix, Set<String> keys) {
        for (Method method : group.getDeclaredMethods()) {
            if (method.isSynthetic()) {
                continue;
            }
            String key = prefix + "." + dashed(method.getName());
            if (method.getReturnType() == Map.class) {
                keysOf(valueOf(method.getGenericReturnType()), key + ".*", keys);
            } else if (isGroup(method.getReturnType())) {
                keysOf(method.getReturnType(), key, keys);
            } else {
                keys.add(key);
            }
        }
        return keys;
    }

    /** Whether a type has settings of its own. */
    static boolean isGroup(Class<?> type) {
        return type.getPackage() == Settings.class.getPackage() && type.isInterface();
    }

    static Class<?> valueOf(Type map) {
        return (Class<?>) ((ParameterizedType) map).getActualTypeArguments()[1];
    }

    static String dashed(String camel) {
        return camel.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    /** Whether a variable of the environment is meant for the bridge but names no setting. */
    static boolean strayVariable(String name) {
        return name.startsWith(ENVIRONMENT_PREFIX)
                && !name.equals("ROOMBRIDGE_HOME")
                && ALL.stream()
                        .map(SettingKeys::asVariable)
                        .noneMatch(pattern -> pattern.matcher(name).matches());
    }

    private static Pattern asVariable(String key) {
        return Pattern.compile(variable(key).replace("*", "[A-Z0-9_]+"));
    }

    /** The name of the environment variable that sets a key. */
    static String variable(String key) {
        return key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9*]", "_");
    }

    /** The setting that was probably meant: the nearest name, if it is near enough. */
    static Optional<String> nearest(String key) {
        return Spelling.nearest(key, ALL);
    }
}
