package org.pgmjms.tck.faults;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What becomes of messages in a broker, by what {@link org.pgmjms.tck.faults.program.StoreProgram}s said before they ended or
 * were killed, and what of it must not be. Nothing that was stored is lost, nothing that was acknowledged comes again; what
 * a call was about that did not return may have happened or not, a transaction as a whole. Not thread-safe.
 */
final class StoreLedger {
    private static final int MOST_FAULTS = 20;

    private final List<String> faults = new ArrayList<>();
    private final Map<String, Long> counts = new TreeMap<>();
    private final Set<String> consumers = new TreeSet<>();
    /** What was sent by one call each, in order. */
    private final Set<List<String>> sending = new LinkedHashSet<>();

    private final Set<List<String>> sent = new HashSet<>();
    /** By consumer and message. */
    private final Map<String, Receipt> receipts = new HashMap<>();
    /** How often a message was delivered at most; after ten times it is a dead letter. */
    private int mostDeliveries;

    /** How often a consumer has begun anew. */
    private final Map<String, Integer> openings = new HashMap<>();

    private enum State {
        UNACKNOWLEDGED,
        ACKNOWLEDGING,
        ACKNOWLEDGED
    }

    /** A message at a consumer, and which opening of that has got it last. */
    private static final class Receipt {
        private final String key;
        private int opening;
        private State state = State.UNACKNOWLEDGED;

        Receipt(String key) {
            this.key = key;
        }
    }

    /** Takes what a program said in one of its lives; lives of consumers come in order. */
    void add(List<String> lines) {
        lines.forEach(line -> add(line.split(" ")));
    }

    private void add(String[] words) {
        switch (words[0]) {
            case "SENDING" -> sending.add(after(words, 1));
            case "SENT" -> sent.add(after(words, 1));
            case "OPEN" -> {
                consumers.add(words[1]);
                openings.merge(words[1], 1, Integer::sum);
            }
            case "GOT" -> onReceipt(words[1], words[2], Integer.parseInt(words[3]), Boolean.parseBoolean(words[4]));
            case "ACKNOWLEDGING" -> after(words, 2).forEach(id -> known(words[1], id).state = State.ACKNOWLEDGING);
            case "ACKNOWLEDGED" -> after(words, 2).forEach(id -> known(words[1], id).state = State.ACKNOWLEDGED);
            case "ERROR", "Exception" -> fault(String.join(" ", words));
            default -> {
                // says nothing of a message
            }
        }
    }

    private static List<String> after(String[] words, int count) {
        return List.of(words).subList(count, words.length);
    }

    private Receipt known(String consumer, String id) {
        return Objects.requireNonNull(receipts.get(consumer + " " + id), id);
    }

    private void onReceipt(String consumer, String id, int deliveries, boolean isRedelivered) {
        String key = consumer + " " + id;
        mostDeliveries = Math.max(mostDeliveries, deliveries);
        if (isRedelivered != deliveries > 1) {
            fault(key + " has JMSXDeliveryCount " + deliveries + " and JMSRedelivered " + isRedelivered);
        }
        Receipt before = receipts.get(key);
        Receipt receipt = before == null ? new Receipt(key) : before;
        receipts.put(key, receipt);
        if (before == null) {
            count(isRedelivered ? "first, but flagged" : "first");
        } else {
            onReceiptAgain(before, consumer, isRedelivered);
        }
        receipt.state = State.UNACKNOWLEDGED;
        receipt.opening = openings.getOrDefault(consumer, 0);
    }

    private void onReceiptAgain(Receipt before, String consumer, boolean isRedelivered) {
        switch (before.state) {
            case UNACKNOWLEDGED -> count("again, not acknowledged");
            case ACKNOWLEDGING -> count("again, acknowledgement in flight");
            case ACKNOWLEDGED -> fault(before.key + " came again after it had been acknowledged");
        }
        if (!isRedelivered) {
            fault(before.key + " came again and has JMSXDeliveryCount 1");
        }
        if (before.opening == openings.getOrDefault(consumer, 0)) {
            fault(before.key + " came twice to the same consumer");
        }
    }

    /** What must not be, now that everything has been taken from the broker. */
    List<String> faults() {
        List<String> all = new ArrayList<>(faults);
        for (List<String> unit : sending) {
            long missing = unit.stream()
                    .flatMap(this::places)
                    .filter(key -> !receipts.containsKey(key))
                    .count();
            long expected = unit.stream().flatMap(this::places).count();
            if (missing > 0 && sent.contains(unit)) {
                all.add("lost: " + unit);
            } else if (unit.size() > 1 && missing > 0 && missing < expected) {
                all.add("only a part of a transaction was stored: " + unit);
            }
        }
        receipts.values().stream()
                .filter(receipt -> receipt.state == State.UNACKNOWLEDGED)
                .forEach(receipt -> all.add("not acknowledged and not there any more: " + receipt.key));
        Set<String> expected = new HashSet<>();
        sending.forEach(unit -> unit.stream().flatMap(this::places).forEach(expected::add));
        receipts.keySet().stream()
                .filter(key -> !expected.contains(key))
                .forEach(key -> all.add("not sent there: " + key));
        return all.subList(0, Math.min(MOST_FAULTS, all.size()));
    }

    /** Under which keys a message is to be received. */
    private Stream<String> places(String id) {
        String place = id.substring(id.indexOf('@') + 1);
        return consumers.stream()
                .filter(consumer -> consumer.equals(place) || consumer.startsWith(place + "."))
                .map(consumer -> consumer + " " + id);
    }

    private void count(String what) {
        counts.merge(what, 1L, Long::sum);
    }

    private void fault(String what) {
        faults.add(what);
    }

    /** What was counted. */
    Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("sends", "" + sent.size());
        facts.put("sends in flight", "" + (sending.size() - sent.size()));
        counts.forEach((what, count) -> facts.put(what, "" + count));
        facts.put("most deliveries", "" + mostDeliveries);
        return facts;
    }
}
