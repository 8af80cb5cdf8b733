package org.pgmjms.tools;

import jakarta.jms.Connection;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.Topic;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options that name a subscription which the companion broker keeps while nobody takes from it. */
final class DurableOptions {

    @Option(
            names = "--durable",
            paramLabel = "NAME",
            description =
                    "takes from the durable subscription with this name, which from then on keeps what is published"
                            + " to the topic while nobody takes from it; with --client-id and --broker")
    private String name;

    @Option(
            names = "--client-id",
            paramLabel = "ID",
            description = "the client that the durable subscription belongs to")
    private String clientId;

    /** Refuses one without the other, and what no subscription can be made durable with. */
    void check(CommandSpec spec, ChannelOptions channel) {
        if ((name == null) != (clientId == null)) {
            throw new ParameterException(spec.commandLine(), "--durable and --client-id need each other");
        }
        if (name != null && channel.isQueue()) {
            throw new ParameterException(spec.commandLine(), "--durable is for --topic: a queue always keeps messages");
        }
        if (name != null && !channel.hasBroker()) {
            throw new ParameterException(
                    spec.commandLine(), "--durable needs --broker, as a companion broker keeps the messages");
        }
        if (name != null && channel.isBare()) {
            throw new ParameterException(
                    spec.commandLine(), "--durable is for --format jms: a broker keeps nothing of " + channel.format());
        }
    }

    /** Says whose subscriptions the connection has. Before anything else is done with it. */
    void identify(Connection connection) throws JMSException {
        if (clientId != null) {
            connection.setClientID(clientId);
        }
    }

    /** A consumer of the durable subscription, or of the destination when there is none. */
    MessageConsumer consumer(Session session, Destination destination, String selector) throws JMSException {
        return name == null
                ? session.createConsumer(destination, selector)
                : session.createDurableConsumer((Topic) destination, name, selector, false);
    }
}
