package org.pgmjms.engine.jmx;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.Map;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

class RegistrationTest {
    private final MBeanServer server = MBeanServerFactory.newMBeanServer();

    /** Any bean. */
    public interface ProbeMXBean {
        /** Any attribute. */
        int getAnswer();
    }

    private static final class Probe implements ProbeMXBean {
        @Override
        public int getAnswer() {
            return 42;
        }
    }

    @Test
    void aBeanIsThereUntilItsRegistrationIsClosed() throws JMException {
        ObjectName name = new ObjectName("org.pgmjms:type=Probe");
        Registration registration = registration("Probe", server);

        registration.register();
        registration.register();

        assertThat(server.getAttribute(name, "Answer")).isEqualTo(42);
        registration.close();
        registration.close();
        registration.register();
        assertThat(server.isRegistered(name)).isFalse();
    }

    @Test
    void aNameThatIsTakenGetsACopy() throws JMException {
        Registration first = registration("Probe", server);
        Registration second = registration("Probe", server);
        first.register();

        second.register();

        assertThat(server.isRegistered(new ObjectName("org.pgmjms:type=Probe,copy=2")))
                .isTrue();
        first.close();
        second.close();
        assertThat(server.queryNames(new ObjectName("org.pgmjms:*"), null)).isEmpty();
    }

    @Test
    void valuesThatNamesCannotHaveAreQuoted() throws JMException {
        Registration registration = registration("ff15:0:0:0:0:0:0:1", server);

        registration.register();

        assertThat(server.isRegistered(new ObjectName("org.pgmjms:type=\"ff15:0:0:0:0:0:0:1\"")))
                .isTrue();
        registration.close();
    }

    @Test
    void aServerThatRefusesHarmsNobody() {
        MBeanServer refusing = (MBeanServer) Proxy.newProxyInstance(
                RegistrationTest.class.getClassLoader(),
                new Class<?>[] {MBeanServer.class},
                (proxy, method, arguments) -> {
                    throw new SecurityException("not here");
                });
        Registration registration = registration("Probe", refusing);

        registration.register();
        registration.close();

        assertThat(server.getMBeanCount()).isEqualTo(1);
    }

    private static Registration registration(String type, MBeanServer server) {
        return new Registration(new Probe(), Map.of("type", type), () -> server);
    }
}
