package org.pgmjms.tck.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.opentest4j.TestAbortedException;
import org.pgmjms.provider.error.ErrorCode;

/** Turns the result of a test round where its provider is known to differ: see {@link Differs}, {@link NeedsBroker}. */
final class DifferenceWatch implements InvocationInterceptor {
    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> test, ExtensionContext context)
            throws Throwable {
        watch(invocation, test);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> test, ExtensionContext context)
            throws Throwable {
        watch(invocation, test);
    }

    private static void watch(Invocation<Void> invocation, ReflectiveInvocationContext<Method> test) throws Throwable {
        Provider provider = ((JmsContract) test.getTarget().orElseThrow()).provider;
        Optional<Differs> difference = difference(test.getExecutable(), provider);
        if (needsBroker(test.getExecutable(), provider)) {
            assertThat(failure(invocation))
                    .as("without a companion broker")
                    .satisfies(refusal -> assertThat(errorCode(refusal)).isEqualTo(ErrorCode.NEEDS_BROKER.code()));
        } else if (difference.isPresent()) {
            Throwable failure = failure(invocation);
            assertThat(failure != null || !difference.get().always())
                    .as("%s no longer differs: %s", provider, difference.get().how())
                    .isTrue();
        } else {
            invocation.proceed();
        }
    }

    /** How a test ended that is expected not to pass; null if it did. */
    private static Throwable failure(Invocation<Void> invocation) {
        try {
            invocation.proceed();
            return null;
        } catch (TestAbortedException skipped) {
            throw skipped;
        } catch (Throwable failure) {
            return failure;
        }
    }

    private static String errorCode(Throwable failure) {
        if (failure instanceof JMSException checked) {
            return checked.getErrorCode();
        }
        return failure instanceof JMSRuntimeException unchecked ? unchecked.getErrorCode() : String.valueOf(failure);
    }

    static boolean needsBroker(Method test, Provider provider) {
        return provider == Provider.PGMJMS && test.isAnnotationPresent(NeedsBroker.class);
    }

    static Optional<Differs> difference(Method test, Provider provider) {
        return Arrays.stream(test.getAnnotationsByType(Differs.class))
                .filter(difference -> difference.on() == provider
                        || provider == Provider.COMPANION && difference.on() == Provider.PGMJMS)
                .findFirst();
    }
}
