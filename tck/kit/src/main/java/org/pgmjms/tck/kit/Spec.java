package org.pgmjms.tck.kit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The section of a specification that a test checks; {@code docs/conformance.md} is generated from it. */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(Spec.All.class)
public @interface Spec {
    /** Jakarta Messaging 3.1. */
    String JMS = "JMS 3.1";

    /** Which one. */
    String document() default JMS;

    /** The number of the section. */
    String value();

    /** Several sections for one test. */
    @Documented
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @interface All {
        /** The sections. */
        Spec[] value();
    }
}
