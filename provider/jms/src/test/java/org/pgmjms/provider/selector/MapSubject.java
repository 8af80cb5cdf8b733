package org.pgmjms.provider.selector;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A message that is nothing but names and values. */
final class MapSubject implements SelectorSubject {
    private final Map<String, Object> values = new HashMap<>();

    static MapSubject empty() {
        return new MapSubject();
    }

    MapSubject with(String name, Object value) {
        values.put(name, value);
        return this;
    }

    @Override
    public @Nullable Object value(String identifier) {
        return values.get(identifier);
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
