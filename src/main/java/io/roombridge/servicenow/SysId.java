package io.roombridge.servicenow;

import java.util.regex.Pattern;

/**
 * ServiceNow's record id. It becomes a path segment of the request and the component does not look at it, so anything
 * else would address another record or table (facts/servicenow.md, section 9.5).
 */
final class SysId {

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");

    private SysId() {}

    static boolean isSysId(String text) {
        return text != null && FORM.matcher(text).matches();
    }

    static String required(String text) {
        if (!isSysId(text)) {
            throw new IllegalArgumentException("'" + text + "' is no sys_id; expected 32 lower-case hex digits");
        }
        return text;
    }
}
