package org.pgmjms.tck.conformance;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A requirement that multicast alone cannot meet: named queues and durable subscriptions live in a companion broker. On
 * this provider without one the test has to end with the exception that says so.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface NeedsBroker {}
