package org.pgmjms.tools.top;

import java.io.IOException;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.JMX;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import org.pgmjms.engine.jmx.LimitsMXBean;
import org.pgmjms.engine.jmx.NakSender;
import org.pgmjms.engine.jmx.ReceiverMXBean;
import org.pgmjms.engine.jmx.Registration;
import org.pgmjms.engine.jmx.SenderStatistics;
import org.pgmjms.engine.jmx.SessionState;
import org.pgmjms.engine.jmx.SourceMXBean;

/**
 * What a program's MBeans said at one moment. Immutable.
 *
 * @param nanos when
 * @param engines how many engines it has
 * @param sources its sources, by the names of their beans
 * @param receivers its receivers, by the names of their beans
 * @param limits how often each limit was hit in all engines
 */
public record Look(
        long nanos,
        int engines,
        Map<String, SourceRow> sources,
        Map<String, ReceiverRow> receivers,
        Map<String, Long> limits) {

    /**
     * A source.
     *
     * @param channel group and port
     * @param tsi its session
     * @param statistics Windows' statistics
     * @param counters by name
     * @param askers who asked it for most
     */
    record SourceRow(
            String channel,
            String tsi,
            SenderStatistics statistics,
            Map<String, Long> counters,
            List<NakSender> askers) {}

    /**
     * A receiver.
     *
     * @param channel group and port
     * @param subscriptions whom it serves
     * @param counters by name
     * @param rejects packets that the parser dropped
     * @param sessions what it hears
     */
    record ReceiverRow(
            String channel, int subscriptions, Map<String, Long> counters, long rejects, List<SessionState> sessions) {}

    /** Asks all beans; one that leaves meanwhile is left out. */
    public static Look at(MBeanServerConnection beans, long nanos) throws IOException, JMException {
        Map<String, SourceRow> sources = new TreeMap<>();
        for (ObjectName name : names(beans, "Source")) {
            ask(() -> sources.put(name.getCanonicalName(), source(proxy(beans, name, SourceMXBean.class))));
        }
        Map<String, ReceiverRow> receivers = new TreeMap<>();
        for (ObjectName name : names(beans, "Receiver")) {
            ask(() -> receivers.put(name.getCanonicalName(), receiver(proxy(beans, name, ReceiverMXBean.class))));
        }
        Map<String, Long> limits = new TreeMap<>();
        int engines = 0;
        for (ObjectName name : names(beans, "Limits")) {
            engines += name.getKeyProperty("engine") == null ? 0 : 1;
            ask(() -> proxy(beans, name, LimitsMXBean.class)
                    .getHits()
                    .forEach((limit, hits) -> limits.merge(limit, hits, Long::sum)));
        }
        return new Look(nanos, engines, sources, receivers, limits);
    }

    private static List<ObjectName> names(MBeanServerConnection beans, String type) throws IOException, JMException {
        ObjectName pattern = new ObjectName(Registration.DOMAIN + ":type=" + type + ",*");
        return new ArrayList<>(new TreeSet<>(beans.queryNames(pattern, null)));
    }

    private static <T> T proxy(MBeanServerConnection beans, ObjectName name, Class<T> type) {
        return JMX.newMXBeanProxy(beans, name, type);
    }

    private static void ask(Runnable question) {
        try {
            question.run();
        } catch (UndeclaredThrowableException e) {
            if (!(e.getCause() instanceof InstanceNotFoundException)) {
                throw e;
            }
        }
    }

    private static SourceRow source(SourceMXBean bean) {
        return new SourceRow(
                bean.getGroup() + ":" + bean.getPort(),
                bean.getTsi(),
                bean.getStatistics(),
                bean.getCounters(),
                bean.getWorstNakSenders());
    }

    private static ReceiverRow receiver(ReceiverMXBean bean) {
        return new ReceiverRow(
                bean.getGroup() + ":" + bean.getPort(),
                bean.getSubscriptions(),
                bean.getCounters(),
                bean.getRejects().values().stream().mapToLong(Long::longValue).sum(),
                bean.getSessions());
    }
}
