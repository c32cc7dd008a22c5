package io.roombridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.roombridge.mapping.Enclosed;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * No pattern of the bridge takes more than a few steps for each character, whatever the text: messages and names are written
 * by others, and one of them must not hold a worker for minutes. {@code -Dregex.seed=N} replays.
 */
class RegexStepsTest {

    private static final int LENGTH = 4_000;

    /** A pattern that is searched from every place and runs to the end each time needs about half of the length. */
    private static final int MOST_STEPS = 400 * LENGTH;

    private static final long SEED = Long.getLong("regex.seed", 1);

    /** Never searched for inside a text, only compared with all of it or its beginning; or with the bridge's own tables. */
    private static final Set<String> WHOLE = Set.of(
            "MailMarks.SENDER",
            "MailMarks.FIELD",
            "MailMarks.RULE",
            "MailMarks.ATTRIBUTION",
            "DeskText.HTML",
            "DeskText.MAIL_SENDER",
            "PeopleFirst.OURS",
            "DayRule.CLOSEST");

    /**
     * Take a step for each pair of characters. A name has 256 at most; names of tables and fields stand in the
     * administrator's files.
     */
    private static final Set<String> TOLERATED = Set.of("PortalAuthor.ADDRESS", "Query.NAME");

    private static final List<String> PIECES = List.of(
            "a", " ", "\n", "\t", "<", "<a", "</", "<!--", "<li ", "<p ", "<script", "<td ", "[code]", "[/code]", "> ",
            "-", "--", "_", "@", "a@", " (", "(a", ")", ".", "..", "/", "&", "&#1", "\u200D", "\u0001", "From: ",
            "ref ", "1", "%", "wrote", ":", "*", "On ", "é", "\u00a0", ",");

    /** Counts how often a matcher looks at a character. */
    private static final class Counted implements CharSequence {
        private final String text;
        private long steps;

        Counted(String text) {
            this.text = text;
        }

        @Override
        public char charAt(int index) {
            if (++steps > MOST_STEPS) {
                throw new TooManySteps();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private static final class TooManySteps extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void everyPatternIsQuickOnHostileText() throws Exception {
        Map<String, Pattern> patterns = constants(Pattern.class);
        List<String> slow = new ArrayList<>();
        List<String> texts = texts();
        patterns.keySet().removeAll(TOLERATED);
        patterns.forEach((name, pattern) -> texts.stream()
                .filter(text -> isSlow(pattern, text, WHOLE.contains(name)))
                .map(text -> name + " on " + text.substring(0, 24).replace("\n", "\\n"))
                .limit(3)
                .forEach(slow::add));
        assertThat(patterns).hasSizeGreaterThan(40);
        assertThat(slow).as("-Dregex.seed=" + SEED).isEmpty();
    }

    /** Marks that nobody closes are the costly ones: a pattern would look for the end of each. */
    @Test
    void stretchesAreFoundQuicklyInHostileText() throws Exception {
        Map<String, Enclosed> stretches = constants(Enclosed.class);
        List<String> slow = new ArrayList<>();
        stretches.forEach((name, enclosed) -> texts().stream()
                .filter(text -> isSlow(enclosed, text))
                .map(text -> name + " on " + text.substring(0, 24).replace("\n", "\\n"))
                .forEach(slow::add));
        assertThat(stretches).containsOnlyKeys("HtmlText.UNSEEN", "DeskText.CODE");
        assertThat(slow).as("-Dregex.seed=" + SEED).isEmpty();
    }

    private static boolean isSlow(Enclosed enclosed, String text) {
        try {
            enclosed.replaceAll(new Counted(text), inside -> inside);
            return false;
        } catch (TooManySteps e) {
            return true;
        }
    }

    private static boolean isSlow(Pattern pattern, String text, boolean wholeOnly) {
        try {
            pattern.matcher(new Counted(text)).matches();
            Matcher search = pattern.matcher(new Counted(text));
            while (!wholeOnly && search.find()) {
                // Every place is looked for; what counts is how many steps that takes.
            }
            return false;
        } catch (TooManySteps | StackOverflowError e) {
            return true;
        }
    }

    /** One piece for ever, two in turn, and pieces at random, each begun and ended by something else. */
    private static List<String> texts() {
        Random random = new Random(SEED);
        List<String> texts = new ArrayList<>();
        for (String piece : PIECES) {
            texts.add(filled(piece));
            texts.add(filled(piece).substring(1) + "!");
            for (int i = 0; i < 3; i++) {
                String other = PIECES.get(random.nextInt(PIECES.size()));
                texts.add(filled(piece + other));
                texts.add(other + filled(piece).substring(other.length()));
            }
        }
        return texts;
    }

    private static String filled(String piece) {
        return piece.repeat(LENGTH / piece.length() + 1).substring(0, LENGTH);
    }

    /** The constants of a type in every class of the bridge, by class and name. */
    private static <T> Map<String, T> constants(Class<T> of) throws Exception {
        Map<String, T> constants = new LinkedHashMap<>();
        for (JavaClass type : new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.roombridge")) {
            if (type.getPackageName().matches("io\\.roombridge\\.(sandbox|play).*")) {
                continue;
            }
            for (Field field : Class.forName(type.getName()).getDeclaredFields()) {
                if (field.getType() == of && Modifier.isStatic(field.getModifiers())) {
                    field.setAccessible(true);
                    constants.put(type.getSimpleName() + "." + field.getName(), of.cast(field.get(null)));
                }
            }
        }
        return constants;
    }
}
