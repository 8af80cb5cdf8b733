package org.pgmjms.provider.jndi;

import java.util.Collections;
import java.util.Hashtable;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import javax.naming.Binding;
import javax.naming.CompositeName;
import javax.naming.ConfigurationException;
import javax.naming.Context;
import javax.naming.Name;
import javax.naming.NameClassPair;
import javax.naming.NameNotFoundException;
import javax.naming.NameParser;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.NotContextException;
import javax.naming.OperationNotSupportedException;
import org.jspecify.annotations.Nullable;

/**
 * A context that answers what was bound when it was made, and refuses every change of it. Closing it does nothing, as it
 * holds nothing. Safe for any thread; its environment is its own.
 */
@SuppressWarnings({"BanJNDI", "JdkObsolete"
}) // this is JNDI's other side: it looks into its own map, and answers as JNDI says
final class ReadOnlyContext implements Context {
    private final Node node;
    private final String nameInNamespace;
    private final Map<String, Object> environment = new ConcurrentHashMap<>();

    ReadOnlyContext(Node node, String nameInNamespace, Map<?, ?> environment) {
        this.node = node;
        this.nameInNamespace = nameInNamespace;
        environment.forEach((key, value) -> this.environment.put(String.valueOf(key), value));
    }

    @Override
    public Object lookup(Name name) throws NamingException {
        return name.isEmpty() ? context(node, "") : lookup(node, name, 0);
    }

    private Object lookup(Node from, Name name, int at) throws NamingException {
        if (from instanceof Node.Dynamic dynamic) {
            return made(dynamic, name, at);
        }
        Object found = from.entries().get(name.get(at));
        if (found == null) {
            NameNotFoundException missing = new NameNotFoundException("'" + name + "' is not bound; in '"
                    + name.getPrefix(at) + "' there are " + from.entries().keySet());
            missing.setRemainingName(name.getSuffix(at));
            throw missing;
        }
        boolean last = at + 1 == name.size();
        if (found instanceof Node inner) {
            return last ? context(inner, name.toString()) : lookup(inner, name, at + 1);
        }
        if (last) {
            return found;
        }
        throw new NotContextException("'" + name.getPrefix(at + 1) + "' is no context");
    }

    private static Object made(Node.Dynamic dynamic, Name name, int at) throws NamingException {
        String rest = String.join("/", Collections.list(name.getSuffix(at).getAll()));
        try {
            return dynamic.maker().apply(rest);
        } catch (IllegalArgumentException e) {
            ConfigurationException wrong = new ConfigurationException("'" + name + "': " + e.getMessage());
            wrong.setRootCause(e);
            throw wrong;
        }
    }

    private ReadOnlyContext context(Node inner, String name) {
        String full =
                name.isEmpty() || nameInNamespace.isEmpty() ? nameInNamespace + name : nameInNamespace + "/" + name;
        return new ReadOnlyContext(inner, full, environment);
    }

    @Override
    public Object lookup(String name) throws NamingException {
        return lookup(new CompositeName(name));
    }

    @Override
    public Object lookupLink(Name name) throws NamingException {
        return lookup(name);
    }

    @Override
    public Object lookupLink(String name) throws NamingException {
        return lookup(name);
    }

    @Override
    public NamingEnumeration<NameClassPair> list(Name name) throws NamingException {
        return listed(
                name, (key, bound) -> new NameClassPair(key, bound.getClass().getName()));
    }

    @Override
    public NamingEnumeration<NameClassPair> list(String name) throws NamingException {
        return list(new CompositeName(name));
    }

    @Override
    public NamingEnumeration<Binding> listBindings(Name name) throws NamingException {
        return listed(name, Binding::new);
    }

    @Override
    public NamingEnumeration<Binding> listBindings(String name) throws NamingException {
        return listBindings(new CompositeName(name));
    }

    private <T> NamingEnumeration<T> listed(Name name, BiFunction<String, Object, T> form) throws NamingException {
        if (!(lookup(name) instanceof ReadOnlyContext context)) {
            throw new NotContextException("'" + name + "' is no context");
        }
        return new Listing<>(context.node.entries().entrySet().stream()
                .map(entry -> form.apply(
                        entry.getKey(),
                        entry.getValue() instanceof Node inner
                                ? context.context(inner, entry.getKey())
                                : entry.getValue()))
                .iterator());
    }

    @Override
    public NameParser getNameParser(Name name) {
        return CompositeName::new;
    }

    @Override
    public NameParser getNameParser(String name) {
        return CompositeName::new;
    }

    @Override
    public Name composeName(Name name, Name prefix) throws NamingException {
        return ((Name) prefix.clone()).addAll(name);
    }

    @Override
    public String composeName(String name, String prefix) throws NamingException {
        return composeName(new CompositeName(name), new CompositeName(prefix)).toString();
    }

    @Override
    public String getNameInNamespace() {
        return nameInNamespace;
    }

    /** Changes this object's own copy; nothing is read from it any more. */
    @Override
    public @Nullable Object addToEnvironment(String propertyName, Object value) {
        return environment.put(propertyName, value);
    }

    @Override
    public @Nullable Object removeFromEnvironment(String propertyName) {
        return environment.remove(propertyName);
    }

    @Override
    public Hashtable<?, ?> getEnvironment() {
        return new Hashtable<>(environment);
    }

    @Override
    public void close() {}

    @Override
    public void bind(Name name, @Nullable Object bound) throws NamingException {
        throw readOnly("bind");
    }

    @Override
    public void bind(String name, @Nullable Object bound) throws NamingException {
        throw readOnly("bind");
    }

    @Override
    public void rebind(Name name, @Nullable Object bound) throws NamingException {
        throw readOnly("rebind");
    }

    @Override
    public void rebind(String name, @Nullable Object bound) throws NamingException {
        throw readOnly("rebind");
    }

    @Override
    public void unbind(Name name) throws NamingException {
        throw readOnly("unbind");
    }

    @Override
    public void unbind(String name) throws NamingException {
        throw readOnly("unbind");
    }

    @Override
    public void rename(Name oldName, Name newName) throws NamingException {
        throw readOnly("rename");
    }

    @Override
    public void rename(String oldName, String newName) throws NamingException {
        throw readOnly("rename");
    }

    @Override
    public void destroySubcontext(Name name) throws NamingException {
        throw readOnly("destroySubcontext");
    }

    @Override
    public void destroySubcontext(String name) throws NamingException {
        throw readOnly("destroySubcontext");
    }

    @Override
    public Context createSubcontext(Name name) throws NamingException {
        throw readOnly("createSubcontext");
    }

    @Override
    public Context createSubcontext(String name) throws NamingException {
        throw readOnly("createSubcontext");
    }

    private static OperationNotSupportedException readOnly(String method) {
        return new OperationNotSupportedException(method
                + " is not supported: the context is read-only, its objects come from properties such as topic.NAME");
    }

    /** What a context lists, one by one. One owner. */
    private record Listing<T>(Iterator<T> rest) implements NamingEnumeration<T> {
        @Override
        public boolean hasMore() {
            return rest.hasNext();
        }

        @Override
        public T next() {
            return rest.next();
        }

        @Override
        public boolean hasMoreElements() {
            return rest.hasNext();
        }

        @Override
        public T nextElement() {
            return rest.next();
        }

        @Override
        public void close() {}
    }
}
