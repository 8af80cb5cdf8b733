package org.pgmjms.provider.message;

/** Where header fields of variable length and properties begin in a content; only those that are present have a meaning. */
record ContentPlaces(int correlation, int replyTo, int type, int groupId, int properties) {
    /** The fields it is about. */
    static final int FIELDS = ContentFormat.CORRELATION
            | ContentFormat.REPLY_TO
            | ContentFormat.TYPE
            | ContentFormat.GROUP_ID
            | ContentFormat.PROPERTIES;

    /** None of them is present. */
    static final ContentPlaces NONE = new ContentPlaces(0, 0, 0, 0, 0);
}
