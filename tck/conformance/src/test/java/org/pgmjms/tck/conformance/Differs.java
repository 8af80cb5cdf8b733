package org.pgmjms.tck.conformance;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A test that a provider does not pass. It runs all the same: once the provider passes it, it fails, so that the table
 * of differences in {@code docs/conformance.md} stays true.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(Differs.All.class)
@interface Differs {
    /** Who. */
    Provider on();

    /** What it does instead; continues the sentence "The provider ...". */
    String how();

    /** The section of Jakarta Messaging that allows it, or {@link #NOTHING}. */
    String allowedBy();

    /** Whether it always differs, or only when something happens in time; then the test says nothing about it. */
    boolean always() default true;

    /** For a fault: possible for others only, never for this provider. */
    String NOTHING = "none: a fault";

    /** Several differences of one test. */
    @Documented
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @interface All {
        /** The differences. */
        Differs[] value();
    }
}
