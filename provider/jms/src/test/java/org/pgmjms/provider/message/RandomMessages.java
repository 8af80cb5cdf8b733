package org.pgmjms.provider.message;

import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.pgmjms.provider.destination.PgmDestination;
import org.pgmjms.provider.destination.PgmDestination.Kind;
import org.pgmjms.provider.destination.TopicAttributes;

/** Messages of all kinds with all header fields, properties and values, from one seed. */
final class RandomMessages {
    private static final String[] ALPHABET = {"a", "Z", "9", " ", "\0", "ä", "\u07FF", "名", "\uFFFD", "😀", "\u2028"};

    private final SplittableRandom random;

    RandomMessages(long seed) {
        random = new SplittableRandom(seed);
    }

    PgmMessage next() throws JMSException {
        PgmMessage message = withBody();
        headers(message);
        properties(message);
        return message;
    }

    private boolean sometimes() {
        return random.nextInt(3) == 0;
    }

    String text(int maxLength) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(maxLength + 1);
        for (int i = 0; i < length; i++) {
            text.append(ALPHABET[random.nextInt(ALPHABET.length)]);
        }
        return text.toString();
    }

    private byte[] bytes(int maxLength) {
        byte[] bytes = new byte[random.nextInt(maxLength + 1)];
        random.nextBytes(bytes);
        return bytes;
    }

    private Object property() {
        return switch (random.nextInt(9)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> (byte) random.nextInt();
            case 3 -> (short) random.nextInt();
            case 4 -> random.nextInt();
            case 5 -> random.nextLong();
            case 6 -> Float.intBitsToFloat(random.nextInt());
            case 7 -> Double.longBitsToDouble(random.nextLong());
            default -> text(20);
        };
    }

    private Object value() {
        return switch (random.nextInt(11)) {
            case 0 -> (char) random.nextInt();
            case 1 -> bytes(20);
            default -> property();
        };
    }

    private PgmMessage withBody() throws JMSException {
        return switch (random.nextInt(6)) {
            case 0 -> new PgmMessage();
            case 1 -> new PgmTextMessage(sometimes() ? null : text(300));
            case 2 -> bytesMessage();
            case 3 -> map();
            case 4 -> stream();
            default -> object();
        };
    }

    private PgmMessage bytesMessage() throws JMSException {
        PgmBytesMessage message = new PgmBytesMessage();
        message.writeBytes(bytes(300));
        if (random.nextBoolean()) {
            message.reset();
        }
        return message;
    }

    private PgmMessage map() throws JMSException {
        PgmMapMessage message = new PgmMapMessage();
        int entries = random.nextInt(20);
        for (int i = 0; i < entries; i++) {
            message.setObject("n" + text(10), value());
        }
        return message;
    }

    private PgmMessage stream() throws JMSException {
        PgmStreamMessage message = new PgmStreamMessage();
        int values = random.nextInt(20);
        for (int i = 0; i < values; i++) {
            message.writeObject(value());
        }
        if (random.nextBoolean()) {
            message.reset();
        }
        return message;
    }

    private PgmMessage object() throws JMSException {
        PgmObjectMessage message = new PgmObjectMessage();
        if (!sometimes()) {
            message.setObject(new ArrayList<>(List.of(text(20), random.nextInt())));
        }
        return message;
    }

    private void headers(PgmMessage message) throws JMSException {
        if (!sometimes()) {
            Incarnation incarnation = sometimes() ? new Incarnation(random.nextLong(), 1) : Deliveries.SENDER;
            message.assignId(new MessageId(incarnation, random.nextLong()));
        }
        message.setJMSTimestamp(sometimes() ? 0 : random.nextLong());
        message.setJMSExpiration(sometimes() ? random.nextLong() : 0);
        message.setJMSDeliveryTime(sometimes() ? random.nextLong() : message.getJMSTimestamp());
        message.setJMSPriority(random.nextInt(10));
        message.setJMSDeliveryMode(random.nextBoolean() ? DeliveryMode.PERSISTENT : DeliveryMode.NON_PERSISTENT);
        message.storedBy(sometimes() ? random.nextLong() : 0);
        if (sometimes()) {
            message.setJMSCorrelationID(text(20));
        } else if (sometimes()) {
            message.setJMSCorrelationIDAsBytes(bytes(20));
        }
        if (sometimes()) {
            Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
            TopicAttributes format = kind == Kind.TOPIC && random.nextBoolean()
                    ? TopicAttributes.parse("format=" + (random.nextBoolean() ? "raw" : "zmq"))
                    : TopicAttributes.NONE;
            message.setJMSReplyTo(PgmDestination.received(kind, "r" + text(20), format));
        }
        if (sometimes()) {
            message.setJMSType(text(20));
        }
        if (sometimes()) {
            message.setStringProperty("JMSXGroupID", text(20));
        }
        if (sometimes()) {
            message.setIntProperty("JMSXGroupSeq", random.nextInt());
        }
    }

    private void properties(PgmMessage message) throws JMSException {
        int count = random.nextBoolean() ? 0 : random.nextInt(12);
        for (int i = 0; i < count; i++) {
            message.setObjectProperty((sometimes() ? "pä" : "p_") + random.nextInt(100), property());
        }
    }
}
