package org.pgmjms.engine.jmx;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One MXBean's stay in the platform's MBean server. A server that refuses is logged and changes nothing else. A name that
 * is taken, by an engine of another class loader, gets a {@code copy}. Safe for any thread.
 */
public final class Registration implements AutoCloseable {
    /** The domain of all names. */
    public static final String DOMAIN = "org.pgmjms";

    private static final Logger LOG = LoggerFactory.getLogger(Registration.class);
    private static final int MOST_COPIES = 1000;
    private static final String RESERVED = ",=:\"*?\\\n";

    private final Object bean;
    private final String base;
    private final Supplier<MBeanServer> servers;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable ObjectName name;
    private boolean closed;

    /**
     * Of a bean that is not registered yet.
     *
     * @param keys the key properties of its name, in their order
     */
    public Registration(Object bean, Map<String, String> keys) {
        this(bean, keys, ManagementFactory::getPlatformMBeanServer);
    }

    Registration(Object bean, Map<String, String> keys, Supplier<MBeanServer> servers) {
        this.bean = bean;
        this.base = keys.entrySet().stream()
                .map(key -> key.getKey() + '=' + quoted(key.getValue()))
                .collect(Collectors.joining(",", DOMAIN + ':', ""));
        this.servers = servers;
    }

    private static String quoted(String value) {
        boolean isPlain = !value.isEmpty() && value.chars().noneMatch(each -> RESERVED.indexOf(each) >= 0);
        return isPlain ? value : ObjectName.quote(value);
    }

    /** Registers the bean, unless it is or this is closed. */
    public void register() {
        lock.lock();
        try {
            if (!closed && name == null) {
                name = register(servers.get());
            }
        } catch (JMException | RuntimeException e) {
            LOG.info("no MBean {}: {}", base, e.toString());
        } finally {
            lock.unlock();
        }
    }

    private ObjectName register(MBeanServer server) throws JMException {
        for (int copy = 1; ; copy++) {
            ObjectName wanted = new ObjectName(copy == 1 ? base : base + ",copy=" + copy);
            try {
                return server.registerMBean(bean, wanted).getObjectName();
            } catch (InstanceAlreadyExistsException e) {
                if (copy > MOST_COPIES) {
                    throw e;
                }
            }
        }
    }

    /** Takes the bean out for good. Again does nothing. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            ObjectName registered = name;
            name = null;
            if (registered != null) {
                servers.get().unregisterMBean(registered);
            }
        } catch (JMException | RuntimeException e) {
            LOG.info("the MBean {} stays: {}", base, e.toString());
        } finally {
            lock.unlock();
        }
    }
}
