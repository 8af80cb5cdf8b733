package org.pgmjms.provider.message;

import static org.pgmjms.provider.message.ContentFormat.BODY_IS_NULL;
import static org.pgmjms.provider.message.ContentFormat.BODY_KIND;
import static org.pgmjms.provider.message.ContentFormat.BODY_KIND_SHIFT;
import static org.pgmjms.provider.message.ContentFormat.CORRELATION;
import static org.pgmjms.provider.message.ContentFormat.CORRELATION_IS_BYTES;
import static org.pgmjms.provider.message.ContentFormat.EXTENSION;
import static org.pgmjms.provider.message.ContentFormat.FLAGS_LENGTH;
import static org.pgmjms.provider.message.ContentFormat.GROUP_ID;
import static org.pgmjms.provider.message.ContentFormat.INCARNATION;
import static org.pgmjms.provider.message.ContentFormat.KNOWN;
import static org.pgmjms.provider.message.ContentFormat.MAX_HEADER_BYTES;
import static org.pgmjms.provider.message.ContentFormat.MAX_MAP_ENTRIES;
import static org.pgmjms.provider.message.ContentFormat.MAX_PROPERTIES;
import static org.pgmjms.provider.message.ContentFormat.PRIORITY;
import static org.pgmjms.provider.message.ContentFormat.PROPERTIES;
import static org.pgmjms.provider.message.ContentFormat.REPLY_TO;
import static org.pgmjms.provider.message.ContentFormat.REPLY_TO_FORMAT;
import static org.pgmjms.provider.message.ContentFormat.REPLY_TO_KIND;
import static org.pgmjms.provider.message.ContentFormat.TYPE;
import static org.pgmjms.provider.message.ContentFormat.priorityAt;
import static org.pgmjms.provider.message.ContentFormat.replyToFormat;
import static org.pgmjms.provider.message.ContentFormat.replyToKind;
import static org.pgmjms.provider.message.ContentFormat.variableAt;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Looks at every length, count, type, name and text of a received content, so that nobody has to afterwards: what is
 * found {@link Verdict#OK} decodes without surprises. Allocates nothing from a number in it. Not safe for threads.
 */
final class ContentCheck {
    private static final int BROKEN = -1;

    private byte[] bytes = {};
    private int end;
    private int flags;
    private int correlation;
    private int replyTo;
    private int type;
    private int groupId;
    private int properties;
    private int body;
    private Verdict verdict = Verdict.BAD_FLAGS;

    /** Looks at these bytes; what was looked at before is forgotten. */
    Verdict check(byte[] content) {
        bytes = content;
        end = content.length;
        properties = 0;
        verdict = check();
        return verdict;
    }

    /** The content looked at last, when it is well-formed. */
    @Nullable FrameContent content() {
        if (verdict != Verdict.OK) {
            return null;
        }
        boolean hasPlaces = (flags & ContentPlaces.FIELDS) != 0;
        ContentPlaces places =
                hasPlaces ? new ContentPlaces(correlation, replyTo, type, groupId, properties) : ContentPlaces.NONE;
        return new FrameContent(bytes, flags, body, places);
    }

    private Verdict check() {
        verdict = Verdict.OK;
        if (end < FLAGS_LENGTH) {
            return Verdict.BAD_FLAGS;
        }
        flags = Values.i32(bytes, 0);
        if (!areFlagsSound()) {
            return Verdict.BAD_FLAGS;
        }
        int variable = variableAt(flags);
        if (variable > end || has(PRIORITY) && (bytes[priorityAt(flags)] < 0 || bytes[priorityAt(flags)] > 9)) {
            return Verdict.BAD_FIELDS;
        }
        int at = checkFields(variable);
        if (verdict == Verdict.OK) {
            body = checkProperties(at);
        }
        if (verdict == Verdict.OK && body > MAX_HEADER_BYTES) {
            return Verdict.BAD_FIELDS;
        }
        return verdict == Verdict.OK ? checkBody() : verdict;
    }

    private boolean areFlagsSound() {
        BodyKind kind = BodyKind.of((flags & BODY_KIND) >>> BODY_KIND_SHIFT);
        boolean incarnationSound = (flags & INCARNATION) == 0 || has(INCARNATION);
        boolean correlationSound = !has(CORRELATION_IS_BYTES) || has(CORRELATION);
        boolean nullSound = !has(BODY_IS_NULL) || kind == BodyKind.TEXT || kind == BodyKind.OBJECT;
        return (flags & ~KNOWN) == 0 && kind != null && incarnationSound && correlationSound && nullSound;
    }

    private boolean has(int field) {
        return (flags & field) == field;
    }

    private int checkFields(int variable) {
        correlation = variable;
        replyTo = skip(correlation, CORRELATION, !has(CORRELATION_IS_BYTES));
        type = skip(replyTo, REPLY_TO, false);
        groupId = skip(type, TYPE, true);
        int extension = skip(groupId, GROUP_ID, true);
        int next = skip(extension, EXTENSION, false);
        if (verdict == Verdict.OK && has(REPLY_TO)) {
            checkReplyTo(replyTo + Short.BYTES, Values.u16(bytes, replyTo));
        }
        return next;
    }

    /** The end of a field with a length before it; {@link #BROKEN} and a verdict when it has none. */
    private int skip(int at, int field, boolean isText) {
        if (!has(field) || at == BROKEN) {
            return at;
        }
        if (end - at < Short.BYTES || Values.u16(bytes, at) > end - at - Short.BYTES) {
            return broken(Verdict.BAD_FIELDS);
        }
        int length = Values.u16(bytes, at);
        if (isText && !Utf8.isValid(bytes, at + Short.BYTES, length)) {
            return broken(Verdict.BAD_TEXT);
        }
        return at + Short.BYTES + length;
    }

    private int broken(Verdict why) {
        verdict = why;
        return BROKEN;
    }

    private void checkReplyTo(int at, int length) {
        if (length < 2 * Byte.BYTES
                || (bytes[at] & ~(REPLY_TO_KIND | REPLY_TO_FORMAT)) != 0
                || replyToFormat(bytes[at] & REPLY_TO_FORMAT) == null
                || replyToKind(bytes[at] & REPLY_TO_KIND) == null) {
            verdict = Verdict.BAD_FIELDS;
            return;
        }
        int nameLength = Values.u8(bytes, at + Byte.BYTES);
        if (nameLength == 0 || nameLength > length - 2 * Byte.BYTES) {
            verdict = Verdict.BAD_FIELDS;
            return;
        }
        int nameAt = at + 2 * Byte.BYTES;
        int channelLength = length - 2 * Byte.BYTES - nameLength;
        if (!Utf8.isValid(bytes, nameAt, nameLength) || !Utf8.isValid(bytes, nameAt + nameLength, channelLength)) {
            verdict = Verdict.BAD_TEXT;
        }
    }

    private int checkProperties(int at) {
        if (!has(PROPERTIES)) {
            return at;
        }
        if (end - at < 2 * Short.BYTES) {
            return broken(Verdict.BAD_PROPERTIES);
        }
        int propertiesEnd = at + Short.BYTES + Values.u16(bytes, at);
        int count = Values.u16(bytes, at + Short.BYTES);
        if (propertiesEnd > end || count > MAX_PROPERTIES) {
            return broken(Verdict.BAD_PROPERTIES);
        }
        properties = at;
        int next = at + 2 * Short.BYTES;
        for (int i = 0; i < count && verdict == Verdict.OK; i++) {
            next = checkProperty(next, propertiesEnd);
        }
        if (verdict == Verdict.OK && next != propertiesEnd) {
            return broken(Verdict.BAD_PROPERTIES);
        }
        return next;
    }

    private int checkProperty(int at, int propertiesEnd) {
        if (at >= propertiesEnd) {
            return broken(Verdict.BAD_PROPERTIES);
        }
        int nameAt = at + Byte.BYTES;
        int nameLength = Values.u8(bytes, at);
        int valueAt = nameAt + nameLength;
        int length = Values.length(bytes, valueAt, propertiesEnd);
        if (length == Values.MALFORMED || bytes[valueAt] == Values.CHAR || bytes[valueAt] == Values.BYTES) {
            return broken(Verdict.BAD_PROPERTIES);
        }
        if (!Utf8.isValid(bytes, nameAt, nameLength) || !Values.isValidText(bytes, valueAt, length)) {
            return broken(Verdict.BAD_TEXT);
        }
        return PropertyNames.isIdentifier(bytes, nameAt, nameLength)
                ? valueAt + length
                : broken(Verdict.BAD_PROPERTIES);
    }

    private Verdict checkBody() {
        BodyKind kind = Objects.requireNonNull(BodyKind.of((flags & BODY_KIND) >>> BODY_KIND_SHIFT));
        int length = end - body;
        if (has(BODY_IS_NULL) || kind == BodyKind.NONE) {
            return length == 0 ? Verdict.OK : Verdict.BAD_BODY;
        }
        return switch (kind) {
            case NONE, BYTES, OBJECT -> Verdict.OK;
            case TEXT -> Utf8.isValid(bytes, body, length) ? Verdict.OK : Verdict.BAD_TEXT;
            case MAP -> checkMap();
            case STREAM -> checkStream();
        };
    }

    private Verdict checkMap() {
        if (end - body < Integer.BYTES) {
            return Verdict.BAD_BODY;
        }
        int count = Values.i32(bytes, body);
        if (count < 0 || count > MAX_MAP_ENTRIES) {
            return Verdict.BAD_BODY;
        }
        int at = body + Integer.BYTES;
        for (int i = 0; i < count && verdict == Verdict.OK; i++) {
            at = checkEntry(at);
        }
        return verdict == Verdict.OK && at != end ? Verdict.BAD_BODY : verdict;
    }

    private int checkEntry(int at) {
        if (end - at < Short.BYTES) {
            return broken(Verdict.BAD_BODY);
        }
        int nameAt = at + Short.BYTES;
        int nameLength = Values.u16(bytes, at);
        if (nameLength == 0 || nameLength >= end - nameAt) {
            return broken(Verdict.BAD_BODY);
        }
        if (!Utf8.isValid(bytes, nameAt, nameLength)) {
            return broken(Verdict.BAD_TEXT);
        }
        return checkValue(nameAt + nameLength);
    }

    private Verdict checkStream() {
        int at = body;
        while (at < end && verdict == Verdict.OK) {
            at = checkValue(at);
        }
        return verdict;
    }

    private int checkValue(int at) {
        int length = Values.length(bytes, at, end);
        if (length == Values.MALFORMED) {
            return broken(Verdict.BAD_BODY);
        }
        return Values.isValidText(bytes, at, length) ? at + length : broken(Verdict.BAD_TEXT);
    }
}
