package org.pgmjms.tck.frameworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.Queue;
import jakarta.jms.Topic;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.naming.Context;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.ContextResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pgmjms.provider.PgmConnectionFactory;
import org.pgmjms.provider.jndi.PgmObjectFactory;

/** {@code <Resource>} definitions of an embedded Tomcat. Jakarta Messaging 3.1, section 5.1. */
@SuppressWarnings("BanJNDI") // what is tested
class TomcatResourceTest {
    private static final String URL = "epgm://lo;239.192.93.1:17931";

    private final Tomcat tomcat = new Tomcat();

    @TempDir
    private Path directory;

    @BeforeEach
    void defineResources() {
        tomcat.setBaseDir(directory.toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        tomcat.enableNaming();
    }

    @AfterEach
    void stop() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }

    @Test
    void anApplicationFindsFactoryTopicAndQueueAndUsesThem() throws Exception {
        org.apache.catalina.Context application = application(
                resource(
                        "jms/ConnectionFactory",
                        "jakarta.jms.ConnectionFactory",
                        Map.of("url", URL, "jmsClientId", "web")),
                resource("jms/quotes", "jakarta.jms.Topic", Map.of("topicName", "quotes.us")),
                resource("jms/orders", "jakarta.jms.Queue", Map.of("queueName", "orders")));
        tomcat.start();
        assertEquals("STARTED", application.getStateName());

        HttpResponse<String> response = get();

        assertEquals("web: 39.81 on quotes.us, not orders; threads of the application: none", response.body());
        assertEquals(200, response.statusCode());
    }

    @Test
    void aMisspeltPropertyIsNamedAtTheLookup() throws Exception {
        application(resource(
                "jms/ConnectionFactory", "jakarta.jms.ConnectionFactory", Map.of("url", URL, "jmsClientIdd", "web")));
        tomcat.start();

        HttpResponse<String> response = get();

        assertEquals(500, response.statusCode());
        assertEquals(
                "A connection factory's reference is wrong: A connection factory has no property jmsClientIdd; did you"
                        + " mean jmsClientId?",
                response.body());
    }

    private org.apache.catalina.Context application(ContextResource... resources) {
        org.apache.catalina.Context application = tomcat.addContext("", directory.toString());
        for (ContextResource resource : resources) {
            application.getNamingResources().addResource(resource);
        }
        Tomcat.addServlet(application, "quotes", new Quotes());
        application.addServletMappingDecoded("/", "quotes");
        return application;
    }

    private static ContextResource resource(String name, String type, Map<String, String> properties) {
        ContextResource resource = new ContextResource();
        resource.setName(name);
        resource.setType(type);
        resource.setAuth("Container");
        resource.setDescription("of the test");
        resource.setProperty("factory", PgmObjectFactory.class.getName());
        properties.forEach(resource::setProperty);
        return resource;
    }

    private HttpResponse<String> get() throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + "/");
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    /** An application that knows Jakarta Messaging and JNDI only. */
    private static final class Quotes extends HttpServlet {
        private static final long serialVersionUID = 1;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response)
                throws ServletException, IOException {
            try {
                response.getWriter().print(roundTrip());
            } catch (NamingException e) {
                response.setStatus(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
                response.getWriter().print(e.getMessage());
            }
        }

        private static String roundTrip() throws NamingException {
            Context jndi = (Context) new InitialContext().lookup("java:comp/env");
            ConnectionFactory factory = (ConnectionFactory) jndi.lookup("jms/ConnectionFactory");
            assertInstanceOf(PgmConnectionFactory.class, factory);
            Topic topic = (Topic) jndi.lookup("jms/quotes");
            Queue queue = (Queue) jndi.lookup("jms/orders");
            try (JMSContext context = factory.createContext();
                    JMSConsumer consumer = context.createConsumer(topic)) {
                context.createProducer().send(topic, "39.81");
                return context.getClientID() + ": " + consumer.receiveBody(String.class) + " on " + topic + ", not "
                        + queue + "; threads of the application: " + threads();
            }
        }

        /** The engine's threads that hold on to this application, and would keep it from being unloaded. */
        private static String threads() {
            ClassLoader application = Thread.currentThread().getContextClassLoader();
            List<Thread> engine = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().startsWith("pgmjms-"))
                    .toList();
            assertThat(engine).isNotEmpty();
            List<String> held = engine.stream()
                    .filter(thread -> thread.getContextClassLoader() == application)
                    .map(Thread::getName)
                    .toList();
            return held.isEmpty() ? "none" : held.toString();
        }
    }
}
