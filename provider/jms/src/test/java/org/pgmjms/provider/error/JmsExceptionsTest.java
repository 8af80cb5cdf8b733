package org.pgmjms.provider.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.IllegalStateException;
import jakarta.jms.IllegalStateRuntimeException;
import jakarta.jms.InvalidClientIDException;
import jakarta.jms.InvalidClientIDRuntimeException;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.InvalidDestinationRuntimeException;
import jakarta.jms.InvalidSelectorException;
import jakarta.jms.InvalidSelectorRuntimeException;
import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.JMSSecurityRuntimeException;
import jakarta.jms.MessageFormatException;
import jakarta.jms.MessageFormatRuntimeException;
import jakarta.jms.MessageNotWriteableRuntimeException;
import jakarta.jms.ResourceAllocationException;
import jakarta.jms.ResourceAllocationRuntimeException;
import jakarta.jms.TransactionInProgressException;
import jakarta.jms.TransactionInProgressRuntimeException;
import jakarta.jms.TransactionRolledBackException;
import jakarta.jms.TransactionRolledBackRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every exception has a code, a sentence that helps, and its unchecked twin. */
class JmsExceptionsTest {
    private static final IOException CAUSE = new IOException("cause");

    private static final List<JMSException> ALL = List.of(
            JmsExceptions.closed("session"),
            JmsExceptions.illegalState("state"),
            JmsExceptions.invalidDestination("destination"),
            JmsExceptions.invalidArgument("argument"),
            JmsExceptions.invalidSetting("pgm.ttl", "x", "0 to 255"),
            JmsExceptions.invalidSetting("setting", CAUSE),
            JmsExceptions.invalidClientId("id"),
            JmsExceptions.invalidSelector("selector"),
            JmsExceptions.readOnly("body"),
            JmsExceptions.writeOnly(),
            JmsExceptions.conversion("conversion"),
            JmsExceptions.endOfBody(),
            JmsExceptions.tooLarge("size", 2, 1),
            JmsExceptions.notEncodable("text"),
            JmsExceptions.notSerializable("object", CAUSE),
            JmsExceptions.notTrusted("class a.B"),
            JmsExceptions.foreignMessage(CAUSE),
            JmsExceptions.resource("resource", CAUSE),
            JmsExceptions.sendTimeout("time"),
            JmsExceptions.channelFailed("channel", CAUSE),
            JmsExceptions.brokerFailed("broker", CAUSE),
            JmsExceptions.notYet("feature"),
            JmsExceptions.needsBroker("queue"),
            JmsExceptions.notKept("subscription"));

    @Test
    void everyOneHasACodeOfTheList() {
        List<String> codes =
                Arrays.stream(ErrorCode.values()).map(ErrorCode::code).toList();

        assertThat(ALL).allSatisfy(e -> {
            assertThat(codes).contains(e.getErrorCode());
            assertThat(e.getMessage()).isNotBlank();
        });
        assertThat(codes).doesNotHaveDuplicates();
    }

    @Test
    void eachHasItsUncheckedTwin() {
        Map<String, Class<?>> twins = Map.of(
                "IllegalStateException", IllegalStateRuntimeException.class,
                "InvalidClientIDException", InvalidClientIDRuntimeException.class,
                "InvalidDestinationException", InvalidDestinationRuntimeException.class,
                "InvalidSelectorException", InvalidSelectorRuntimeException.class,
                "MessageFormatException", MessageFormatRuntimeException.class,
                "MessageNotWriteableException", MessageNotWriteableRuntimeException.class,
                "ResourceAllocationException", ResourceAllocationRuntimeException.class);

        for (JMSException checked : ALL) {
            JMSRuntimeException unchecked = JmsExceptions.unchecked(checked);
            Class<?> twin = twins.getOrDefault(checked.getClass().getSimpleName(), JMSRuntimeException.class);
            assertSame(twin, unchecked.getClass());
            assertSame(checked, unchecked.getCause());
            assertEquals(checked.getMessage(), unchecked.getMessage());
            assertEquals(checked.getErrorCode(), unchecked.getErrorCode());
        }
        assertSame(
                JMSSecurityRuntimeException.class,
                JmsExceptions.unchecked(new JMSSecurityException("")).getClass());
        assertSame(
                TransactionInProgressRuntimeException.class,
                JmsExceptions.unchecked(new TransactionInProgressException("")).getClass());
        assertSame(
                TransactionRolledBackRuntimeException.class,
                JmsExceptions.unchecked(new TransactionRolledBackException("")).getClass());
    }

    @Test
    void whatABrokerRefusedStaysOfItsKindAndWhatItClosedHasFailed() {
        List<JMSException> refusals = List.of(
                new InvalidDestinationException("no"),
                new InvalidSelectorException("no"),
                new InvalidClientIDException("no"),
                new JMSSecurityException("no"),
                new MessageFormatException("no"),
                new ResourceAllocationException("no"),
                new TransactionRolledBackException("no"));

        assertThat(refusals)
                .allSatisfy(refusal -> assertThat(JmsExceptions.ofBroker("The call failed", refusal))
                        .hasSameClassAs(refusal)
                        .hasMessage("The call failed: no")
                        .hasCause(refusal));
        assertThat(List.of(new JMSException("no"), new IllegalStateException("its session is closed")))
                .allSatisfy(failure -> assertThat(JmsExceptions.ofBroker("The call failed", failure))
                        .isExactlyInstanceOf(JMSException.class)
                        .hasCause(failure)
                        .extracting(JMSException::getErrorCode)
                        .isEqualTo(ErrorCode.BROKER_FAILED.code()));
        JMSException ours = JmsExceptions.closed("session");
        assertSame(ours, JmsExceptions.ofBroker("The call failed", ours));
    }

    @Test
    void causesAreThereInBothWays() {
        JMSException exception = JmsExceptions.channelFailed("channel", CAUSE);
        JMSException ofError = JmsExceptions.channelFailed("channel", new AssertionError());

        assertSame(CAUSE, exception.getCause());
        assertSame(CAUSE, exception.getLinkedException());
        assertNull(ofError.getLinkedException());
        assertThat(ofError).hasCauseInstanceOf(AssertionError.class);
    }

    @Test
    void missingFeaturesAreNamedWithTheSettingThatGivesThem() {
        assertThat(JmsExceptions.needsBroker("A named queue"))
                .hasMessageContaining("A named queue")
                .hasMessageContaining("broker.url");
        assertThat(JmsExceptions.notYet("A transaction")).hasMessageStartingWith("A transaction");
        assertThat(JmsExceptions.invalidSetting("pgm.ttl", "x", "0 to 255"))
                .hasMessageContaining("pgm.ttl")
                .hasMessageContaining("'x'")
                .hasMessageContaining("0 to 255");
    }

    @Test
    void anInterruptIsPassedOn() {
        JMSException exception = JmsExceptions.interrupted("wait", new InterruptedException());

        assertTrue(Thread.interrupted());
        assertEquals("PGM_3004", exception.getErrorCode());
        assertEquals(
                exception.getErrorCode(), JmsExceptions.unchecked(exception).getErrorCode());
    }

    /** {@code -Ddocs.write=true} writes it anew. */
    @Test
    void docsListEveryCode() throws IOException {
        String expected = """
                # Error codes

                What `JMSException.getErrorCode()` answers. A number is never used again once it is gone.
                1000s: wrong use; 2000s: loss; 3000s: the environment; 4000s: not offered.

                | Code | Meaning |
                |---|---|
                """
                + Arrays.stream(ErrorCode.values())
                        .map(code -> "| `" + code.code() + "` | " + code.description() + " |\n")
                        .collect(Collectors.joining());
        Path docs = Path.of("..", "..", "docs", "errors.md");
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(docs, expected);
        }

        assertEquals(expected, Files.readString(docs));
    }
}
