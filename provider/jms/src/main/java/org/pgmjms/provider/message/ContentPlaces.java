package org.pgmjms.provider.message;

/** Where the parts of variable length begin in a content; only those that are present have a meaning. */
record ContentPlaces(int correlation, int replyTo, int type, int groupId, int properties, int body) {
    /** Nothing but a body. */
    static final ContentPlaces BODY_ONLY = new ContentPlaces(0, 0, 0, 0, 0, 0);
}
