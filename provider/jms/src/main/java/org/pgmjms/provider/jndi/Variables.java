package org.pgmjms.provider.jndi;

import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.naming.ConfigurationException;
import org.jspecify.annotations.Nullable;

/** Replaces {@code ${name}} and {@code ${name:-default}}; what was put in is not looked at again. Immutable. */
record Variables(Function<String, @Nullable String> values) {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)}");
    private static final String DEFAULT_MARK = ":-";

    /** System properties, then environment variables. */
    static Variables ofSystem() {
        return new Variables(name -> {
            String property = name.isEmpty() ? null : System.getProperty(name);
            return property != null ? property : System.getenv(name);
        });
    }

    /** The text with all variables replaced; {@code where} is named if one has neither value nor default. */
    String replaceIn(String text, String where) throws ConfigurationException {
        Matcher variables = VARIABLE.matcher(text);
        StringBuilder replaced = new StringBuilder(text.length());
        while (variables.find()) {
            variables.appendReplacement(replaced, Matcher.quoteReplacement(value(variables.group(1), where)));
        }
        return variables.appendTail(replaced).toString();
    }

    private String value(String variable, String where) throws ConfigurationException {
        int mark = variable.indexOf(DEFAULT_MARK);
        String name = mark < 0 ? variable : variable.substring(0, mark);
        String value = values.apply(name);
        if (value != null) {
            return value;
        }
        if (mark < 0) {
            throw new ConfigurationException("Variable '" + name + "' of " + where
                    + " is neither a system property nor an environment variable and has no default, as in ${" + name
                    + ":-default}");
        }
        return variable.substring(mark + DEFAULT_MARK.length());
    }
}
