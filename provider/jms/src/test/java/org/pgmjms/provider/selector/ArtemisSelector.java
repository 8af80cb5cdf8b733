package org.pgmjms.provider.selector;

import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.selector.filter.BooleanExpression;
import org.apache.activemq.artemis.selector.filter.FilterException;
import org.apache.activemq.artemis.selector.filter.Filterable;
import org.apache.activemq.artemis.selector.impl.SelectorParser;
import org.jspecify.annotations.Nullable;

/** The selector engine of Apache Artemis, to compare ours with. */
final class ArtemisSelector {
    private final BooleanExpression expression;

    private ArtemisSelector(BooleanExpression expression) {
        this.expression = expression;
    }

    static ArtemisSelector parse(String selector) throws FilterException {
        return new ArtemisSelector(SelectorParser.parse(selector));
    }

    /** True, false, or null for unknown. */
    @Nullable Object evaluate(SelectorSubject subject) throws FilterException {
        return expression.evaluate(new Filterable() {
            @Override
            public <T> @Nullable T getBodyAs(Class<T> type) {
                return null;
            }

            @Override
            public @Nullable Object getProperty(SimpleString name) {
                return subject.value(name.toString());
            }

            @Override
            public @Nullable Object getLocalConnectionId() {
                return null;
            }
        });
    }
}
