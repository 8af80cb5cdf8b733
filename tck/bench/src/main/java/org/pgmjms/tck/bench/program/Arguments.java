package org.pgmjms.tck.bench.program;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code key=value} arguments. Immutable. */
public final class Arguments {
    private final Map<String, String> values = new HashMap<>();

    /** Reads them; everything up to the first equals sign is the key. */
    public Arguments(List<String> arguments) {
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (equals <= 0) {
                throw new IllegalArgumentException("not key=value: " + argument);
            }
            values.put(argument.substring(0, equals), argument.substring(equals + 1));
        }
    }

    /** A value that has to be there. */
    public String text(String key) {
        String value = values.get(key);
        if (value == null) {
            throw new IllegalArgumentException("missing: " + key + "=");
        }
        return value;
    }

    /** A value, or this one. */
    public String text(String key, String otherwise) {
        return values.getOrDefault(key, otherwise);
    }

    /** A number that has to be there. */
    public int number(String key) {
        return Integer.parseInt(text(key));
    }

    /** A number, or this one. */
    public int number(String key, int otherwise) {
        return Integer.parseInt(text(key, Integer.toString(otherwise)));
    }

    /** Whether a key is there with the value 1. */
    public boolean is(String key) {
        return "1".equals(values.get(key));
    }
}
