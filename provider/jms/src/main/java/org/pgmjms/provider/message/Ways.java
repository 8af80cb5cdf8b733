package org.pgmjms.provider.message;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How many ways there are from each object of a body to others, as whoever hashes or compares it goes them all. What is
 * shared counts once for each way to it: so a hundred references are enough for sets that nobody can ever hash, even
 * where none of them lies deep in the stream. Of one thread, for one body.
 *
 * <p>Each object is counted when it is complete, which is before anything that holds it can ask for its hash. One that
 * leads to another that is not complete yet, as in a ring, is counted again when it is come to.
 */
final class Ways {
    private static final String OF_THE_JDK = "java.";

    private final long most;
    private final IdentityHashMap<Object, Long> counted = new IdentityHashMap<>();
    private final Set<Object> beingCounted = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Object> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<Class<?>, List<Field>> fields = new HashMap<>();

    /** Whether what is being counted led to something that is not complete. */
    private boolean isOpen;

    /** Counts up to a little more than {@code most}. */
    Ways(long most) {
        this.most = most;
    }

    /** Counts the ways from an object that is complete; whether they are no more than allowed. */
    boolean areFew(Object complete) {
        return count(complete) <= most;
    }

    private long count(Object complete) {
        boolean wasOpen = isOpen;
        isOpen = false;
        beingCounted.add(complete);
        long ways = ways(complete);
        beingCounted.remove(complete);
        counted.put(complete, ways);
        if (isOpen) {
            open.add(complete);
        } else {
            open.remove(complete);
        }
        isOpen |= wasOpen;
        return ways;
    }

    private long ways(Object from) {
        if (from instanceof Map<?, ?> map) {
            return sum(map.keySet(), sum(map.values(), 1));
        }
        if (from instanceof Collection<?> collection) {
            return sum(collection, 1);
        }
        if (from instanceof Map.Entry<?, ?> entry) {
            return sum(Arrays.asList(entry.getKey(), entry.getValue()), 1);
        }
        if (from instanceof Object[] array) {
            return sum(Arrays.asList(array), 1);
        }
        return waysOfFields(from);
    }

    private long sum(Collection<?> parts, long before) {
        long sum = before;
        for (Object part : parts) {
            sum += to(part);
            if (sum > most) {
                return sum;
            }
        }
        return sum;
    }

    /** The ways to a part and on from there. */
    private long to(@Nullable Object part) {
        if (part == null) {
            return 1;
        }
        if (beingCounted.contains(part)) {
            isOpen = true;
            return 1;
        }
        Long known = counted.get(part);
        if (known == null) {
            isOpen = true;
            return part instanceof Collection || part instanceof Map ? waysOfUnknown(part) : 1;
        }
        return open.contains(part) ? count(part) : known;
    }

    /** A collection that was never seen complete: a class has made itself a copy, or it holds itself in a way. */
    private long waysOfUnknown(Object collection) {
        beingCounted.add(collection);
        try {
            return ways(collection);
        } catch (RuntimeException isHalfRead) {
            // Whoever hashes it now gets the same.
            return 1;
        } finally {
            beingCounted.remove(collection);
        }
    }

    private long waysOfFields(Object from) {
        long ways = 1;
        try {
            for (Field field : fields.computeIfAbsent(from.getClass(), Ways::fieldsToHash)) {
                ways += to(field.get(from));
                if (ways > most) {
                    return ways;
                }
            }
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("It was made accessible", e);
        }
        return ways;
    }

    /** The fields of a class that has a hash of its own; those of the JDK that are no collections do not lead far. */
    private static List<Field> fieldsToHash(Class<?> type) {
        List<Field> fields = new ArrayList<>();
        boolean isHashed = type.isRecord();
        Class<?> declaring = type;
        while (declaring != null && !declaring.getName().startsWith(OF_THE_JDK)) {
            isHashed |= hasHash(declaring);
            for (Field field : declaring.getDeclaredFields()) {
                boolean refers = !field.getType().isPrimitive() && !Modifier.isStatic(field.getModifiers());
                if (refers && field.trySetAccessible()) {
                    fields.add(field);
                }
            }
            declaring = declaring.getSuperclass();
        }
        return isHashed ? fields : List.of();
    }

    private static boolean hasHash(Class<?> declaring) {
        try {
            return declaring.getDeclaredMethod("hashCode") != null;
        } catch (NoSuchMethodException e) {
            return false;
        }
    }
}
