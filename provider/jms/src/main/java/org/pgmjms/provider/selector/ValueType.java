package org.pgmjms.provider.selector;

/** What is known of an expression's value before there is a message. */
enum ValueType {
    BOOLEAN("a boolean"),
    NUMBER("a number"),
    TEXT("a string"),
    /** A property: it can be of any type. */
    ANY("a value");

    private final String noun;

    ValueType(String noun) {
        this.noun = noun;
    }

    /** Whether a value of this type can turn out to be of the other. */
    boolean canBe(ValueType other) {
        return this == other || this == ANY;
    }

    @Override
    public String toString() {
        return noun;
    }
}
