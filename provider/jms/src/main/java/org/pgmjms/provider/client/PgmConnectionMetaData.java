package org.pgmjms.provider.client;

import jakarta.jms.ConnectionMetaData;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/** Who we are. Immutable. Jakarta Messaging 3.1, section 6.1.6. */
final class PgmConnectionMetaData implements ConnectionMetaData {
    static final PgmConnectionMetaData INSTANCE = new PgmConnectionMetaData();

    private static final int JMS_MAJOR = 3;
    private static final int JMS_MINOR = 1;
    private static final int PROVIDER_MAJOR = 0;
    private static final int PROVIDER_MINOR = 1;
    private static final List<String> JMSX_NAMES = List.of("JMSXDeliveryCount", "JMSXGroupID", "JMSXGroupSeq");

    private PgmConnectionMetaData() {}

    @Override
    public String getJMSVersion() {
        return JMS_MAJOR + "." + JMS_MINOR;
    }

    @Override
    public int getJMSMajorVersion() {
        return JMS_MAJOR;
    }

    @Override
    public int getJMSMinorVersion() {
        return JMS_MINOR;
    }

    @Override
    public String getJMSProviderName() {
        return "pgmjms";
    }

    @Override
    public String getProviderVersion() {
        return PROVIDER_MAJOR + "." + PROVIDER_MINOR;
    }

    @Override
    public int getProviderMajorVersion() {
        return PROVIDER_MAJOR;
    }

    @Override
    public int getProviderMinorVersion() {
        return PROVIDER_MINOR;
    }

    @Override
    public Enumeration<String> getJMSXPropertyNames() {
        return Collections.enumeration(JMSX_NAMES);
    }
}
