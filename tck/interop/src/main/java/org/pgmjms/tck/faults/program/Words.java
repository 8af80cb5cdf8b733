package org.pgmjms.tck.faults.program;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code name=value} arguments. Immutable. */
final class Words {
    private final Map<String, String> values = new HashMap<>();

    /** Reads them; everything up to the first equals sign is the name. */
    Words(List<String> arguments) {
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (equals <= 0) {
                throw new IllegalArgumentException("not name=value: " + argument);
            }
            values.put(argument.substring(0, equals), argument.substring(equals + 1));
        }
    }

    /** A value that has to be there. */
    String text(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("missing: " + name + "=");
        }
        return value;
    }

    /** A value, or this one. */
    String text(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    /** A number, or this one. */
    int number(String name, int otherwise) {
        String value = values.get(name);
        return value == null ? otherwise : Integer.parseInt(value);
    }
}
