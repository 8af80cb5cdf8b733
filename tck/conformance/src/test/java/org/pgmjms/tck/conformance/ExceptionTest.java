package org.pgmjms.tck.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Session;
import org.junit.jupiter.api.Test;
import org.pgmjms.tck.kit.Spec;

/** Chapter 10: what exceptions carry. Which one is thrown is tested with the call that throws it. */
class ExceptionTest extends JmsContract {

    @Test
    @Spec("10.2")
    void theCheckedAndTheUncheckedTwinSayTheSame() throws JMSException {
        Session session = session();
        JMSContext context = context();

        Throwable checked = catchThrowable(session::commit);
        Throwable unchecked = catchThrowable(context::commit);

        assertThat(checked).isInstanceOf(JMSException.class);
        assertThat(unchecked).isInstanceOf(JMSRuntimeException.class);
        assertThat(unchecked.getMessage()).isEqualTo(checked.getMessage());
        assertThat(((JMSRuntimeException) unchecked).getErrorCode()).isEqualTo(((JMSException) checked).getErrorCode());
    }

    @Test
    @Spec("10.2")
    void anExceptionHasAMessage() throws JMSException {
        Session session = session();

        assertThat(catchThrowable(session::rollback)).message().isNotBlank();
        assertThat(catchThrowable(() -> session.createConsumer(null))).message().isNotBlank();
        assertThat(catchThrowable(() -> session.createConsumer(topic(session), "n =")))
                .message()
                .isNotBlank();
    }

    @Test
    @Spec("10.2")
    @Differs(on = Provider.ARTEMIS, how = "leaves the error code null", allowedBy = "10.2")
    void anExceptionHasAnErrorCode() throws JMSException {
        Session session = session();

        assertThat(((JMSException) catchThrowable(session::commit)).getErrorCode())
                .isNotBlank();
    }
}
