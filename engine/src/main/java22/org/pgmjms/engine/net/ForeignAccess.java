package org.pgmjms.engine.net;

import org.jspecify.annotations.Nullable;

/** Access to the C library over the Foreign Function and Memory API. Found by name: {@link NativePorts}. */
final class ForeignAccess implements Libc.Access {

    @Override
    public @Nullable String obstacle() {
        Module module = ForeignAccess.class.getModule();
        if (!module.isNativeAccessEnabled()) {
            return "native access is not enabled (--enable-native-access="
                    + (module.isNamed() ? module.getName() : "ALL-UNNAMED") + ")";
        }
        try {
            open();
            return null;
        } catch (LinkageError | RuntimeException e) {
            return "the C library is not what is expected: " + e;
        }
    }

    @Override
    public Libc open() {
        return new ForeignLibc();
    }
}
