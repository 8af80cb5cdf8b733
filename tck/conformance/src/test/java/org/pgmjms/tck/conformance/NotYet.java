package org.pgmjms.tck.conformance;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What does not pass with a companion broker yet. Each test runs all the same and fails once it passes, so that the list
 * stays true.
 */
final class NotYet {
    private static final String DURABLES = "durable subscriptions";

    /** Tests as {@code Class.method}, and what they wait for. */
    static final Map<String, String> WITH_COMPANION = new TreeMap<>(Map.of(
            "DurableSubscriptionTest.aDurableSubscriptionKeepsWhatCameMeanwhile", DURABLES,
            "DurableSubscriptionTest.aDurableSubscriberIsOne", DURABLES,
            "DurableSubscriptionTest.aSharedDurableSubscriptionHasSeveralConsumers", DURABLES));

    private NotYet() {}

    static Optional<String> on(Provider provider, Method test) {
        return provider == Provider.COMPANION ? Optional.ofNullable(WITH_COMPANION.get(name(test))) : Optional.empty();
    }

    static String name(Method test) {
        return test.getDeclaringClass().getSimpleName() + "." + test.getName();
    }
}
