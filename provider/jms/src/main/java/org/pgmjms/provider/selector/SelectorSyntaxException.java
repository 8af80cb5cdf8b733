package org.pgmjms.provider.selector;

import java.io.Serial;

/** Says that a text is no selector, where that shows, and what was expected there. */
public final class SelectorSyntaxException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    private final int position;

    /**
     * Makes one.
     *
     * @param position the index of the first character that is wrong, from 0
     * @param problem what is wrong, without a full stop
     */
    SelectorSyntaxException(int position, String problem) {
        super("At character " + (position + 1) + ": " + problem);
        this.position = position;
    }

    /** The index of the first character that is wrong, from 0. */
    public int position() {
        return position;
    }
}
