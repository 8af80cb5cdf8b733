/** The selector language: parser and evaluator. Jakarta Messaging 3.1, section 3.8. Not exported. */
@NullMarked
package org.pgmjms.provider.selector;

import org.jspecify.annotations.NullMarked;
