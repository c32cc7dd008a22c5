package io.roombridge.config;

import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** Names the settings of a start, so that it shows when they changed: equal ones have the same name. Secrets do not count. */
public final class Fingerprint {

    private static final int SHOWN = 12;

    private Fingerprint() {}

    public static String of(Settings settings) {
        return hash(values(settings).toString());
    }

    /** A hash of each setting, by its key, so that it shows which of them changed. */
    public static Map<String, String> ofEach(Settings settings) {
        Map<String, String> values = values(settings);
        values.replaceAll((key, value) -> hash(value));
        return values;
    }

    private static Map<String, String> values(Settings settings) {
        Map<String, String> values = new TreeMap<>();
        collect(Settings.class, settings, "roombridge", values);
        return values;
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, SHOWN);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static void collect(Class<?> group, Object settings, String prefix, Map<String, String> values) {
        for (Method method : group.getDeclaredMethods()) {
            if (!method.isSynthetic()) {
                add(prefix + "." + SettingKeys.dashed(method.getName()), value(method, settings), method, values);
            }
        }
    }

    private static void add(String key, Object value, Method method, Map<String, String> values) {
        if (value instanceof Map<?, ?> named) {
            Class<?> group = SettingKeys.valueOf(method.getGenericReturnType());
            named.forEach((name, one) -> collect(group, one, key + "." + name, values));
        } else if (SettingKeys.isGroup(method.getReturnType())) {
            collect(method.getReturnType(), value, key, values);
        } else {
            values.put(key, SettingsRules.shown(key, String.valueOf(value)));
        }
    }

    private static Object value(Method method, Object settings) {
        try {
            return method.invoke(settings);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the setting " + method.getName() + " cannot be read", e);
        }
    }
}
