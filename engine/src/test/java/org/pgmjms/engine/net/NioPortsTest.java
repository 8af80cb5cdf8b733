package org.pgmjms.engine.net;

class NioPortsTest extends PortContract {

    @Override
    Ports ports() {
        return new NioPorts();
    }
}
