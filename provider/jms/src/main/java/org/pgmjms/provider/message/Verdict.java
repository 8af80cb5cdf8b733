package org.pgmjms.provider.message;

/** What a reader says of bytes from the network. One counter each; none is ever an exception. */
public enum Verdict {
    /** Well-formed. */
    OK("Well-formed"),
    /** Too short, or without the magic bytes. */
    NOT_AN_ENVELOPE("Too short for an envelope, or without its magic bytes"),
    /** Written by a later version of the format. */
    UNKNOWN_VERSION("An envelope of a version this program does not know"),
    /** A kind of envelope this version has no use for. */
    UNKNOWN_KIND("An envelope of a kind this program does not know"),
    /** The envelope's header contradicts itself. */
    BAD_HEADER("An envelope whose header does not fit its length"),
    /** The CRC32C does not match. */
    BAD_CHECKSUM("An envelope whose CRC32C does not match"),
    /** A frame's length or flags make no sense, or a list is broken. */
    BAD_FRAME("An envelope with a frame whose length, flags or topic make no sense"),
    /** A frame's topic was not named before in its envelope. */
    UNNAMED_TOPIC("An envelope with a frame of a topic that it never named"),
    /** More topics than an envelope may name. */
    TOO_MANY_TOPICS("An envelope that names more topics than allowed"),
    /** A message's flags have bits this version does not know, or contradict themselves. */
    BAD_FLAGS("A message whose flags contradict themselves or have unknown bits"),
    /** A message's header fields do not fit, or are out of range. */
    BAD_FIELDS("A message whose header fields do not fit or are out of range"),
    /** A message's properties do not fit, or have impossible names or types. */
    BAD_PROPERTIES("A message whose properties do not fit, or with impossible names or types"),
    /** A message's body does not have the form of its kind. */
    BAD_BODY("A message whose body does not have the form of its kind"),
    /** A text is not valid UTF-8. */
    BAD_TEXT("A message with a text that is not valid UTF-8");

    private final String description;

    Verdict(String description) {
        this.description = description;
    }

    /** What it means, in one sentence without a full stop. */
    public String description() {
        return description;
    }
}
