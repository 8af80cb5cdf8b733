package org.pgmjms.provider.jndi;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import javax.naming.ConfigurationException;
import javax.naming.Name;

/** A place of names in a tree. Not changed once it was handed out. */
sealed interface Node {
    /** What is listed here, by name: objects and nodes. */
    Map<String, Object> entries();

    /** Names that were given. */
    record Directory(SortedMap<String, Object> children) implements Node {
        Directory() {
            this(new TreeMap<>());
        }

        @Override
        public Map<String, Object> entries() {
            return Collections.unmodifiableMap(children);
        }

        /** Puts something below this node, with the nodes on the way to it. */
        void bind(Name name, Object bound) throws ConfigurationException {
            String first = name.get(0);
            if (name.size() == 1) {
                if (children.putIfAbsent(first, bound) != null) {
                    throw new ConfigurationException("The name '" + first + "' is bound twice");
                }
                return;
            }
            if (children.computeIfAbsent(first, key -> new Directory()) instanceof Directory directory) {
                directory.bind(name.getSuffix(1), bound);
            } else {
                throw new ConfigurationException("The name '" + first + "' is both an object and a context");
            }
        }
    }

    /** Any name, whose object is made when it is looked up. */
    record Dynamic(Function<String, Object> maker) implements Node {
        @Override
        public Map<String, Object> entries() {
            return Map.of();
        }
    }
}
