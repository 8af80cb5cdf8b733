package org.pgmjms.tools.top;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import com.sun.tools.attach.VirtualMachineDescriptor;
import java.io.IOException;
import java.util.List;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** A running program whose MBeans can be asked. One owner. */
public final class Target implements AutoCloseable {
    private final String name;
    private final JMXConnector connector;
    private final MBeanServerConnection beans;

    /** The URL is that of whoever runs the command, not of the network. */
    @SuppressWarnings("BanJNDI")
    private Target(String name, JMXServiceURL url) throws IOException {
        this.name = name;
        this.connector = JMXConnectorFactory.connect(url);
        this.beans = connector.getMBeanServerConnection();
    }

    /** A program of this host by its process id, or any by its JMX service URL. */
    public static Target of(String text) throws IOException {
        if (text.startsWith("service:")) {
            return new Target(text, new JMXServiceURL(text));
        }
        return new Target("process " + text, new JMXServiceURL(local(text)));
    }

    /** Has a process of this host and user open its management agent; answers where. */
    private static String local(String process) throws IOException {
        try {
            VirtualMachine machine = VirtualMachine.attach(process);
            try {
                return machine.startLocalManagementAgent();
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException | IOException e) {
            throw new IOException(process + " is no Java program of this host and user that can be asked", e);
        }
    }

    /** The Java programs of this host, a line each: process id and what was started. */
    public static List<String> list() {
        String own = Long.toString(ProcessHandle.current().pid());
        return VirtualMachine.list().stream()
                .filter(machine -> !machine.id().equals(own))
                .map(Target::line)
                .toList();
    }

    private static String line(VirtualMachineDescriptor machine) {
        String started = machine.displayName().isBlank() ? "?" : machine.displayName();
        return machine.id() + "  " + started.split(" ", 2)[0];
    }

    /** What it is called. */
    public String name() {
        return name;
    }

    /** Its MBeans. */
    public MBeanServerConnection beans() {
        return beans;
    }

    @Override
    public void close() throws IOException {
        connector.close();
    }
}
