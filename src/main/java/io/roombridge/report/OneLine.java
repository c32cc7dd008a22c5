package io.roombridge.report;

import java.util.stream.Collectors;

/** A name from outside as one visible line. */
final class OneLine {

    private OneLine() {}

    /** Control characters, line breaks and marks that turn the direction of writing become spaces. */
    static String of(String text) {
        return text.codePoints()
                .map(one -> isHidden(one) ? ' ' : one)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    private static boolean isHidden(int one) {
        return switch (Character.getType(one)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
