package org.pgmjms.tools;

import jakarta.jms.JMSException;

/** Turns a failure into one line for people. */
final class Failures {
    private Failures() {}

    /** The message, with the causes that add something. */
    static String describe(Throwable failure) {
        StringBuilder text = new StringBuilder();
        for (Throwable each = failure; each != null; each = each.getCause()) {
            String message = each.getMessage() == null ? each.getClass().getSimpleName() : each.getMessage();
            if (text.indexOf(message) < 0) {
                text.append(text.isEmpty() ? "" : ": ").append(message);
            }
        }
        if (failure instanceof JMSException jms && jms.getErrorCode() != null) {
            text.append(" [").append(jms.getErrorCode()).append(']');
        }
        return text.toString();
    }
}
