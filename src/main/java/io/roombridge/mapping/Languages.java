package io.roombridge.mapping;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * In which language the knowledge of a ticket is told ({@code languages.yaml}). Each language has its file; what it lacks is
 * told in English.
 *
 * @param rules of which the first that matches names the language
 * @param knowledge by language
 */
record Languages(Rules rules, Map<String, Knowledge> knowledge) {

    static final String FILE = "languages.yaml";

    static final String ENGLISH = "en";

    private static final Pattern TRANSLATION = Pattern.compile("knowledge\\.([a-z]{2,3}(-[a-z]{2,4})?)\\.yaml");

    /** The language of a file such as {@code knowledge.de.yaml}. */
    static Optional<String> translatedInto(String file) {
        return Optional.of(TRANSLATION.matcher(file)).filter(Matcher::matches).map(name -> name.group(1));
    }

    /** @param translations by language; a language that only the rules name is a fault */
    static Languages read(YamlNode file, Knowledge english, Map<String, Knowledge> translations) {
        Map<String, Knowledge> all = new LinkedHashMap<>(Map.of(ENGLISH, english));
        translations.forEach((language, knowledge) -> all.put(language, knowledge.over(english)));
        Rules rules = Rules.read(file.entries(List.of("default", "rules")));
        rules.named()
                .filter(language -> !all.containsKey(language))
                .distinct()
                .forEach(language -> file.fault(
                        "there is no knowledge." + language + ".yaml", "one of " + String.join(", ", all.keySet())));
        return new Languages(rules, all);
    }

    /** The language for these traits. */
    String of(Traits traits) {
        return rules.first(traits).orElse(ENGLISH);
    }

    /** What is known in this language. */
    Knowledge in(String language) {
        return knowledge.get(language);
    }
}
