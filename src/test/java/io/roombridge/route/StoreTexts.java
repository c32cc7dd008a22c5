package io.roombridge.route;

import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Jdbi;

/** Every text of every table, whatever tables there are. */
final class StoreTexts {

    private final Jdbi jdbi;

    StoreTexts(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** The tables in which these words stand anywhere, in any case. */
    List<String> naming(String words) {
        return jdbi.withHandle(handle -> handle
                .createQuery(
                        "select table_name, column_name from information_schema.columns where table_schema = 'PUBLIC'"
                                + " and data_type in ('CHARACTER VARYING', 'CHARACTER LARGE OBJECT') order by 1, 2")
                .map((row, context) -> List.of(row.getString(1), row.getString(2)))
                .stream()
                .filter(place -> handle.createQuery("select count(*) from \"" + place.get(0) + "\" where lower(\""
                                        + place.get(1) + "\") like :words")
                                .bind("words", "%" + words.toLowerCase(Locale.ROOT) + "%")
                                .mapTo(Integer.class)
                                .one()
                        > 0)
                .map(place -> place.get(0))
                .distinct()
                .toList());
    }
}
