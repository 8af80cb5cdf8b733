package org.pgmjms.tck.interop;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.pgmjms.tck.kit.Lab;

/**
 * The test needs network namespaces, hence root, and these programs. Where they are missing it is skipped and says so;
 * in CI, which installs them, it fails instead.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RequiresLab.Condition.class)
public @interface RequiresLab {
    /** Programs beside those that every lab needs. */
    String[] value() default {};

    /** Decides whether the test runs. */
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            String[] programs = AnnotationSupport.findAnnotation(context.getElement(), RequiresLab.class)
                    .map(RequiresLab::value)
                    .orElse(new String[0]);
            Optional<String> missing = Lab.missing(programs);
            if (missing.isEmpty()) {
                return ConditionEvaluationResult.enabled("everything is there");
            }
            if (Boolean.parseBoolean(System.getenv("CI"))) {
                throw new IllegalStateException(context.getDisplayName() + " " + missing.get());
            }
            System.err.println("SKIPPED " + context.getDisplayName() + ": " + missing.get());
            return ConditionEvaluationResult.disabled(missing.get());
        }
    }
}
